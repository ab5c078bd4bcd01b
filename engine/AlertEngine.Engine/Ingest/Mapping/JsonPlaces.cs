using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace AlertEngine.Engine.Ingest;

/// <summary>Follows JSON pointers (RFC 6901).</summary>
internal static class JsonPlaces
{
    /// <summary>The value at a place; null where there is none.</summary>
    internal static JsonElement? At(JsonElement root, ImmutableArray<string> pointer)
    {
        JsonElement at = root;
        foreach (string member in pointer)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(member, out JsonElement child))
                at = child;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        }

        return at;
    }

    /// <summary>The scalar at a place as a text; null where there is none, or JSON's null.</summary>
    internal static string? TextAt(JsonElement root, ImmutableArray<string> pointer) => At(root, pointer) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Null } or null => null,
        { } other => other.GetRawText(),
    };
}
