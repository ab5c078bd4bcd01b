using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertEngine.Engine.Publish;

/// <summary>
/// What an order or alert loses when it is too large, step by step until it fits: long texts first, then the evidence, then the values of its
/// conditions. Ids, places, limits and who must act are never touched. <c>data.trimmed</c> names the steps.
/// </summary>
public static class OutputTrim
{
    /// <summary>Longer texts are cut to so many characters.</summary>
    public const int TextCharacters = 1_024;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Name, Action<JsonObject> Take)[] Steps =
    [
        ("texts", CutTexts),
        ("evidence", data => Empty(data, "evidence")),
        ("conditions", data => Empty(data["rule"] as JsonObject, "conditions")),
    ];

    /// <summary>The trimmed message; null where it does not fit even so.</summary>
    public static byte[]? Apply(ReadOnlyMemory<byte> value, int limitBytes)
    {
        JsonObject root = JsonNode.Parse(value.Span)!.AsObject();
        JsonObject data = root["data"]!.AsObject();
        var trimmed = new JsonArray();
        data["trimmed"] = trimmed;
        foreach ((string name, Action<JsonObject> take) in Steps)
        {
            take(data);
            trimmed.Add(name);
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(root, Readable);
            if (bytes.Length <= limitBytes)
                return bytes;
        }

        return null;
    }

    private static void CutTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? member) in members.ToArray())
                    CutOr(member, cut => members[name] = cut);
                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                    CutOr(items[i], cut => items[i] = cut);
                break;
        }
    }

    private static void CutOr(JsonNode? node, Action<JsonValue> replace)
    {
        if (Cut(node) is { } cut)
            replace(cut);
        else
            CutTexts(node);
    }

    /// <summary>The text cut, not within a surrogate pair; null where there is nothing to cut.</summary>
    private static JsonValue? Cut(JsonNode? node)
    {
        if (node is not JsonValue value || !value.TryGetValue(out string? text) || text.Length <= TextCharacters)
            return null;
        int end = char.IsHighSurrogate(text[TextCharacters - 1]) ? TextCharacters - 1 : TextCharacters;
        return JsonValue.Create(text[..end] + "…");
    }

    private static void Empty(JsonObject? owner, string name)
    {
        if (owner?[name] is JsonArray items)
            items.Clear();
    }
}
