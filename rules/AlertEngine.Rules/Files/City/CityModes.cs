using System.Collections.Frozen;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads modes.</summary>
internal static class CityModes
{
    public static FrozenDictionary<string, CityMode> Read(CityReading reading, FrozenDictionary<string, SlaPlan> slas)
    {
        Dictionary<string, CityMode> modes = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in reading.Root.Entries("modes"))
        {
            if (entry.Value is not YamlMapping block)
                continue;
            foreach (YamlEntry pair in block.Entries("sla"))
            {
                CheckSla(reading, slas, pair.Key);
                CheckSla(reading, slas, pair.Value as YamlScalar);
            }

            FrozenDictionary<string, string> replaced = block.Entries("sla").Where(pair => pair.Value is YamlScalar)
                .ToFrozenDictionary(pair => pair.Key.Value, pair => ((YamlScalar)pair.Value).Value, StringComparer.Ordinal);
            int steps = (int)(block.Map("severity")?.Integer("raise") ?? 0);
            modes[entry.Key.Value] = new CityMode(entry.Key.Value, block.Local("name") ?? LocalText.Both(entry.Key.Value), replaced, steps)
            {
                ChangesClocks = block.Text("clocks") == "change",
                FloodTimes = (int)(block.Map("flood")?.Integer("times") ?? 1),
            };
        }

        return modes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void CheckSla(CityReading reading, FrozenDictionary<string, SlaPlan> slas, YamlScalar? name)
    {
        if (name is not null && !slas.ContainsKey(name.Value))
            reading.Report(FileCodes.UnknownSla, name, $"no SLA '{name.Value}'", Suggestion.Nearest(name.Value, slas.Keys));
    }
}
