using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads duty rosters.</summary>
internal static class CityDuties
{
    public static ImmutableArray<DutyPlan> Read(
        CityReading reading, ImmutableArray<string> levels, FrozenDictionary<string, District> districts, FrozenDictionary<string, Unit> units,
        FrozenDictionary<string, BusinessCalendar> calendars)
    {
        ImmutableArray<DutyPlan>.Builder duties = ImmutableArray.CreateBuilder<DutyPlan>();
        foreach (YamlMapping block in reading.Root.Maps("duty"))
        {
            CityUnits.CheckLevel(reading, levels, block.Scalar("level"));
            CityUnits.CheckDistrict(reading, districts, block.Scalar("district"));
            if (block.Scalar("calendar") is { } calendar && calendar.Value != "none" && !calendars.ContainsKey(calendar.Value))
                reading.Report(FileCodes.UnknownCalendar, calendar, $"no calendar '{calendar.Value}'", Suggestion.Nearest(calendar.Value, calendars.Keys));
            if (block.Text("level") is { } level)
                duties.Add(new DutyPlan(level, block.Text("district"), block.Text("calendar"), Roster(reading, block, units)) { WatchUnitId = block.Text("watch"), SceneId = block.Text("scene") });
            CheckUnit(reading, units, block.Scalar("watch"));
            CheckScene(reading, block.Scalar("scene"));
        }

        return duties.DrainToImmutable();
    }

    private static ImmutableArray<DutyPeriod> Roster(CityReading reading, YamlMapping block, FrozenDictionary<string, Unit> units)
    {
        List<DutyPeriod> periods = [];
        foreach (YamlMapping item in block.Maps("roster"))
        {
            if (item.Date("from") is not { } from || item.Date("until") is not { } until || item.Scalar("unit") is not { } unit)
                continue;
            if (until <= from)
                reading.Report(FileCodes.DutyUntil, item.Scalar("until")!, "the period ends before it begins");
            else if (periods.Any(other => other.FromOn < until && from < other.UntilOn))
                reading.Report(FileCodes.RosterOverlap, item.Scalar("from")!, "another unit is on duty on some of these days");
            CheckUnit(reading, units, unit);
            periods.Add(new DutyPeriod(from, until, unit.Value));
        }

        return [.. periods.OrderBy(period => period.FromOn)];
    }

    private static void CheckUnit(CityReading reading, FrozenDictionary<string, Unit> units, YamlScalar? unit)
    {
        if (unit is not null && !units.ContainsKey(unit.Value))
            reading.Report(FileCodes.UnknownUnit, unit, $"no unit '{unit.Value}'", Suggestion.Nearest(unit.Value, units.Keys));
    }

    private static void CheckScene(CityReading reading, YamlScalar? scene)
    {
        string[] scenes = [.. reading.Root.Entries("scenes").Select(entry => entry.Key.Value)];
        if (scene is not null && !scenes.Contains(scene.Value))
            reading.Report(FileCodes.UnknownScene, scene, $"no scene '{scene.Value}'", Suggestion.Nearest(scene.Value, scenes));
    }
}
