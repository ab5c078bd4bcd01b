using System.Collections.Frozen;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Csv;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads the grid table: which street each grid (网格) lies in. Codes are opaque; the file may say what they look like.</summary>
internal static class CityGrids
{
    /// <summary>The street of each grid.</summary>
    public static FrozenDictionary<string, string> Read(CityReading reading, FrozenDictionary<string, string> districtByStreet)
    {
        if (reading.Root.Map("grids") is not { } block || block.Scalar("file") is not { } name || reading.Companion(name) is not { } file
            || CsvTable.Read(SourceText.From(file.Name, file.Text), reading.Diagnostics) is not { } table)
            return FrozenDictionary<string, string>.Empty;
        int grid = CityDistricts.ColumnOf(reading, table, block.Text("grid") ?? "grid");
        int street = CityDistricts.ColumnOf(reading, table, block.Text("street") ?? "street");
        (string? wanted, CelPattern? pattern) = PatternOf(reading, block.Scalar("pattern"));
        Dictionary<string, string> streets = new(StringComparer.Ordinal);
        foreach (CsvRow row in grid < 0 || street < 0 ? [] : table.Rows)
        {
            (string code, string of) = (row.Fields[grid], row.Fields[street]);
            if (pattern?.IsMatch(code) == false)
                reading.Diagnostics.Report(FileCodes.GridPattern, table.Source, row.Span, $"the grid '{code}' does not match {wanted}");
            else if (!districtByStreet.ContainsKey(of))
                reading.Diagnostics.ReportNear(FileCodes.UnknownStreet, table.Source, row.Span, $"no street '{of}' in the city file", Suggestion.Nearest(of, districtByStreet.Keys));
            else if (!streets.TryAdd(code, of))
                reading.Diagnostics.Report(FileCodes.GridTwice, table.Source, row.Span, $"the grid '{code}' stands twice in the table");
        }

        return streets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static (string? Wanted, CelPattern? Pattern) PatternOf(CityReading reading, YamlScalar? text)
    {
        if (text is null)
            return default;
        CelPattern pattern = CelPattern.Compile(text.Value);
        if (pattern.Error is not { } fault)
            return (text.Value, pattern);
        reading.Report(FileCodes.GridPattern, text, fault.En);
        return default;
    }
}
