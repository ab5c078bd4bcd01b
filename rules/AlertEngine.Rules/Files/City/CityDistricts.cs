using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Files.Csv;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads districts and the street table.</summary>
internal static class CityDistricts
{
    public static FrozenDictionary<string, District> Read(CityReading reading)
    {
        Dictionary<string, District> districts = new(StringComparer.Ordinal);
        foreach (YamlMapping block in reading.Root.Maps("districts"))
        {
            if (block.Scalar("code") is not { } code || block.Local("name") is not { } name)
                continue;
            ImmutableArray<string> streets = [.. block.Scalars("streets").Select(street => street.Value)];
            if (!districts.TryAdd(code.Value, new District(code.Value, name, streets)))
                reading.Report(FileCodes.Duplicate, code, $"the district '{code.Value}' is listed twice");
        }

        return districts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The district of each street: what districts own goes before what the table files them under.</summary>
    public static FrozenDictionary<string, string> Streets(CityReading reading, FrozenDictionary<string, District> districts)
    {
        Dictionary<string, string> owned = new(StringComparer.Ordinal);
        foreach (YamlMapping block in reading.Root.Maps("districts"))
        {
            foreach (YamlScalar street in block.Scalars("streets"))
            {
                if (block.Text("code") is { } code && !owned.TryAdd(street.Value, code) && owned[street.Value] != code)
                    reading.Report(FileCodes.StreetTwice, street, $"the street '{street.Value}' is of '{owned[street.Value]}' already");
            }
        }

        if (reading.Root.Map("streets") is { } table)
            AddFiled(reading, table, districts, owned);
        return owned.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void AddFiled(CityReading reading, YamlMapping block, FrozenDictionary<string, District> districts, Dictionary<string, string> streets)
    {
        if (block.Scalar("file") is not { } name || reading.Companion(name) is not { } file
            || CsvTable.Read(SourceText.From(file.Name, file.Text), reading.Diagnostics) is not { } table)
            return;
        int street = ColumnOf(reading, table, block.Text("street") ?? "street");
        int district = ColumnOf(reading, table, block.Text("district") ?? "district");
        if (street < 0 || district < 0)
            return;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (CsvRow row in table.Rows)
        {
            if (!seen.Add(row.Fields[street]))
                reading.Diagnostics.Report(FileCodes.StreetTwice, table.Source, row.Span, $"the street '{row.Fields[street]}' stands twice in the table");
            else if (!districts.ContainsKey(row.Fields[district]))
                reading.Diagnostics.Report(FileCodes.UnknownDistrict, table.Source, row.Span, $"no district '{row.Fields[district]}' in the city file");
            else
                streets.TryAdd(row.Fields[street], row.Fields[district]);
        }
    }

    public static int ColumnOf(CityReading reading, CsvTable table, string column)
    {
        int index = table.IndexOf(column);
        if (index < 0)
            reading.Diagnostics.Report(FileCodes.CsvColumn, table.Source, default, $"no column '{column}'; there are {string.Join(", ", table.Columns)}");
        return index;
    }
}
