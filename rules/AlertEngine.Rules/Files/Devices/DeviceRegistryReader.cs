using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Csv;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Devices;

/// <summary>Reads the device registry that the city file names: a table with a column of ids, positions, and whatever rules ask for.</summary>
internal static class DeviceRegistryReader
{
    // Codes look like numbers and are none.
    private static readonly string[] TextColumns = ["id", "name", "district", "street", "grid", "crs"];

    public static DeviceRegistry Read(CityReading reading, CityModel? city)
    {
        if (reading.Root.Map("devices") is not { } block || block.Scalar("file") is not { } name || reading.Companion(name) is not { } file
            || CsvTable.Read(SourceText.From(file.Name, file.Text), reading.Diagnostics) is not { } table)
            return DeviceRegistry.Empty;
        string keyColumn = block.Text("key") ?? "device";
        int key = table.IndexOf(keyColumn);
        if (key >= 0)
            return ReadRows(table, key, city, reading.Diagnostics);
        reading.Diagnostics.Report(FileCodes.CsvColumn, table.Source, default, $"no column '{keyColumn}'; there are {string.Join(", ", table.Columns)}");
        return DeviceRegistry.Empty;
    }

    private static DeviceRegistry ReadRows(CsvTable table, int key, CityModel? city, DiagnosticBag diagnostics)
    {
        ImmutableArray<KeyValuePair<string, CelType>> columns = [.. table.Columns.Select((column, index) => KeyValuePair.Create(column, TypeOf(table, column, index, key)))];
        var rows = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, CelValue>>(StringComparer.Ordinal);
        foreach (CsvRow row in table.Rows)
        {
            string id = row.Fields[key];
            if (id.Length == 0)
                diagnostics.Report(FileCodes.CsvRow, table.Source, row.Span, "the row has no device id");
            else if (!rows.TryAdd(id, CellsOf(table, row, columns, diagnostics)))
                diagnostics.Report(FileCodes.DeviceTwice, table.Source, row.Span, $"the device '{id}' is in the table twice");
            CheckDistrict(table, row, city, diagnostics);
        }

        return new DeviceRegistry(columns, rows.ToImmutable(), true);
    }

    private static CelType TypeOf(CsvTable table, string column, int index, int key)
    {
        if (index == key || TextColumns.Contains(column))
            return CelType.String;
        return column is "lon" or "lat" ? CelType.Double : CellTypes.Infer(table.Rows.Select(row => row.Fields[index]));
    }

    private static ImmutableDictionary<string, CelValue> CellsOf(
        CsvTable table, CsvRow row, ImmutableArray<KeyValuePair<string, CelType>> columns, DiagnosticBag diagnostics)
    {
        var cells = ImmutableDictionary.CreateBuilder<string, CelValue>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Key is "lon" or "lat")
                continue;
            if (CellTypes.Read(row.Fields[i], columns[i].Value) is { IsPresent: true } value)
                cells[columns[i].Key] = value;
        }

        AddPosition(table, row, cells, diagnostics);
        return cells.ToImmutable();
    }

    // Whatever the table's datum is, rules and district outlines see WGS 84.
    private static void AddPosition(CsvTable table, CsvRow row, ImmutableDictionary<string, CelValue>.Builder cells, DiagnosticBag diagnostics)
    {
        (string longitude, string latitude, string datum) = (Cell(table, row, "lon"), Cell(table, row, "lat"), Cell(table, row, "crs"));
        if (longitude.Length == 0 && latitude.Length == 0)
            return;
        if (Degrees(longitude, 180) is not { } east || Degrees(latitude, 90) is not { } north || datum is not ("" or "wgs84" or "gcj02"))
        {
            diagnostics.Report(FileCodes.BadPosition, table.Source, row.Span, $"lon '{longitude}', lat '{latitude}', crs '{datum}'");
            return;
        }

        if (datum == "gcj02")
            (east, north) = Gcj02.ToWgs84(east, north);
        cells["lon"] = CelValue.Of(east);
        cells["lat"] = CelValue.Of(north);
        cells["geo"] = new GeoPoint(north, east).ToValue();
        if (datum.Length > 0)
            cells["crs"] = CelValue.Of("wgs84");
    }

    private static string Cell(CsvTable table, CsvRow row, string column) => table.IndexOf(column) is >= 0 and var index ? row.Fields[index] : "";

    private static double? Degrees(string text, double limit)
    {
        CelType type = CellTypes.Infer([text]);
        if (type != CelType.Int && type != CelType.Double)
            return null;
        double degrees = CellTypes.Read(text, CelType.Double).AsDouble;
        return Math.Abs(degrees) <= limit ? degrees : null;
    }

    private static void CheckDistrict(CsvTable table, CsvRow row, CityModel? city, DiagnosticBag diagnostics)
    {
        string district = Cell(table, row, "district");
        if (city is not null && district.Length > 0 && !city.Districts.ContainsKey(district))
            diagnostics.Report(FileCodes.DeviceDistrict, table.Source, row.Span, $"no district '{district}' in the city file");
    }
}
