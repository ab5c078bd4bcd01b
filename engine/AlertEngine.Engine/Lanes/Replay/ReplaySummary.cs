using System.Text.Json;

namespace AlertEngine.Engine.Lanes.Replay;

/// <summary>What a replay came to, as <c>summary.json</c> says it.</summary>
/// <param name="Tally">What was counted.</param>
/// <param name="Seconds">How long it took; of a resumed replay the last run.</param>
public sealed record ReplaySummary(LaneTally Tally, double Seconds)
{
    /// <summary>Records a second.</summary>
    public double EventsPerSecond => Seconds > 0 ? Math.Round(Tally.Events / Seconds) : 0;

    /// <summary>Writes it as JSON: the same bytes each time, but for <c>seconds</c> and <c>eventsPerSecond</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("events", Tally.Events);
        json.WriteNumber("accepted", Tally.Accepted);
        json.WriteNumber("duplicates", Tally.Duplicates);
        WriteCounts(json, "deadLetters", Tally.DeadLetters);
        json.WriteNumber("late", Tally.Evaluation.Late);
        json.WriteNumber("alerts", Tally.Evaluation.Opened);
        WriteCounts(json, "orders", Tally.Orders);
        json.WriteStartObject("byDistrict");
        foreach ((string district, DistrictTally counted) in Tally.Districts)
            WriteDistrict(json, district, counted);
        json.WriteEndObject();
        json.WriteNumber("seconds", Math.Round(Seconds, 3));
        json.WriteNumber("eventsPerSecond", EventsPerSecond);
        json.WriteEndObject();
    }

    private static void WriteDistrict(Utf8JsonWriter json, string district, DistrictTally counted)
    {
        json.WriteStartObject(district);
        json.WriteNumber("events", counted.Accepted);
        json.WriteNumber("alerts", counted.Alerts);
        json.WriteNumber("orders", counted.Orders);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, SortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in counts)
            json.WriteNumber(key, count);
        json.WriteEndObject();
    }
}
