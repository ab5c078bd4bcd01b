using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.WorkOrders.Centre;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Publish;

/// <summary>Reads a digest's numbers from its message, as <see cref="DigestDocument"/> wrote it. Pure.</summary>
internal static class DigestReading
{
    /// <summary>The numbers; null where the message is not one of ours.</summary>
    public static DigestNumbers? Read(CentreReport report)
    {
        JsonElement data = report.Data;
        if (data.ValueKind != JsonValueKind.Object || TextOf(data, "until") is not { } until || Rfc3339.Read(Encoding.UTF8.GetBytes(until), out long atTicks) != Rfc3339Answer.Valid)
            return null;
        return new DigestNumbers(
            atTicks,
            NumberOf(data, "dispatched"),
            NumberOf(data, "dispatchedBefore"),
            [.. Enum.GetValues<Severity>().Select(severity => data.TryGetProperty("bySeverity", out JsonElement counts) ? NumberOf(counts, Words.Of(severity)) : 0)],
            UnitsOf(data),
            NumberOf(data, "open"),
            ListOf(data, "overdue"),
            ListOf(data, "escalated"),
            ListOf(data, "silentSources"));
    }

    private static ImmutableSortedDictionary<string, int> UnitsOf(JsonElement data)
    {
        ImmutableSortedDictionary<string, int>.Builder units = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        if (data.TryGetProperty("byUnit", out JsonElement counts) && counts.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty unit in counts.EnumerateObject())
                units[unit.Name] = NumberOf(counts, unit.Name);
        }

        return units.ToImmutable();
    }

    private static DigestList ListOf(JsonElement data, string name)
    {
        if (!data.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Object || !list.TryGetProperty("first", out JsonElement first) || first.ValueKind != JsonValueKind.Array)
            return DigestList.None;
        return new DigestList(NumberOf(list, "count"), [.. first.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!).Take(DigestList.Named)]);
    }

    private static int NumberOf(JsonElement data, string name) =>
        data.TryGetProperty(name, out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) ? value : 0;

    private static string? TextOf(JsonElement data, string name) =>
        data.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
