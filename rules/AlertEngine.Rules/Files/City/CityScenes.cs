using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads scenes.</summary>
internal static class CityScenes
{
    public static FrozenDictionary<string, Scene> Read(CityReading reading)
    {
        Dictionary<string, Scene> scenes = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in reading.Root.Entries("scenes"))
        {
            if (entry.Value is YamlMapping block && block.Local("name") is { } name)
                scenes[entry.Key.Value] = new Scene(entry.Key.Value, name, [.. block.Maps("active").Select(period => Period(reading, period)).OfType<ScenePeriod>()]);
        }

        return scenes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static ScenePeriod? Period(CityReading reading, YamlMapping block)
    {
        if (block.Scalar("term") is { } term)
            return Term(reading, block, term);
        if (DayOf(block, "from") is { } from && DayOf(block, "until") is { } until)
            return new ScenePeriod(from, until, null, 0, 0);
        if (block.Entry("from") is null || block.Entry("until") is null)
            reading.Report(FileCodes.MissingKey, block, "a period needs 'from' and 'until', or 'term'");
        return null;
    }

    private static ScenePeriod Term(CityReading reading, YamlMapping block, YamlScalar term)
    {
        if (!SolarTerms.All.Contains(term.Value))
            reading.Report(FileCodes.UnknownTerm, term, $"'{term.Value}' is no solar term", Suggestion.Nearest(term.Value, SolarTerms.All));
        ImmutableArray<int> days = [.. block.Scalars("days").Select(day => (int)(CoreSchema.Integer(day) ?? 0))];
        if (days is [var first, var last] && first > last)
            reading.Report(FileCodes.ReversedRange, block.Find("days")!, "the days end before they begin");
        return new ScenePeriod(null, null, term.Value, days.Length == 2 ? days[0] : 0, days.Length == 2 ? days[1] : 0);
    }

    private static AnnualDate? DayOf(YamlMapping block, string key) =>
        block.Text(key) is { } text && AnnualDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value : null;
}
