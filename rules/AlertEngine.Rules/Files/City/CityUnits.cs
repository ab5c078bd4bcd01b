using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads units.</summary>
internal static class CityUnits
{
    public static FrozenDictionary<string, Unit> Read(CityReading reading, ImmutableArray<string> levels, FrozenDictionary<string, District> districts)
    {
        Dictionary<string, Unit> units = new(StringComparer.Ordinal);
        foreach (YamlMapping block in reading.Root.Maps("units"))
        {
            if (block.Scalar("id") is not { } id || block.Local("name") is not { } name)
                continue;
            CheckLevel(reading, levels, block.Scalar("level"));
            CheckDistrict(reading, districts, block.Scalar("district"));
            Unit unit = new(id.Value, name, block.Text("level"), block.Text("district"), block.Text("topic") ?? CityModel.TopicOf(id.Value));
            if (!units.TryAdd(id.Value, unit))
                reading.Report(FileCodes.Duplicate, id, $"the unit '{id.Value}' is listed twice");
        }

        return units.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static void CheckLevel(CityReading reading, ImmutableArray<string> levels, YamlScalar? level)
    {
        if (level is not null && !levels.Contains(level.Value))
            reading.Report(FileCodes.UnknownLevel, level, $"no level '{level.Value}'; there are {string.Join(", ", levels)}", Suggestion.Nearest(level.Value, levels));
    }

    public static void CheckDistrict(CityReading reading, FrozenDictionary<string, District> districts, YamlScalar? district)
    {
        if (district is not null && !districts.ContainsKey(district.Value))
            reading.Report(FileCodes.UnknownDistrict, district, $"no district '{district.Value}'", Suggestion.Nearest(district.Value, districts.Keys));
    }

    public static IEnumerable<string> Distinct(CityReading reading, IEnumerable<YamlScalar> names, string what)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (YamlScalar name in names)
        {
            if (seen.Add(name.Value))
                yield return name.Value;
            else
                reading.Report(FileCodes.Duplicate, name, $"the {what} '{name.Value}' is listed twice");
        }
    }
}
