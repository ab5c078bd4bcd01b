using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Devices;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>Reads the fixtures of a test file: rows of the device registry and places.</summary>
internal static class FixtureReader
{
    // Codes look like numbers and are none; the registry's table reads them the same way.
    private static readonly string[] TextColumns = ["id", "name", "district", "street", "grid", "crs"];

    public static FrozenDictionary<string, ImmutableArray<Place>> Places(YamlMapping? fixtures) =>
        fixtures is null ? FrozenDictionary<string, ImmutableArray<Place>>.Empty : PlaceReader.Read(fixtures, "places");

    public static DeviceRegistry Devices(YamlMapping? devices, SourceText source, DiagnosticBag diagnostics)
    {
        if (devices is null)
            return DeviceRegistry.Empty;
        var types = new Dictionary<string, CelType>(StringComparer.Ordinal);
        var rows = ImmutableDictionary.CreateBuilder<string, ImmutableDictionary<string, CelValue>>(StringComparer.Ordinal);
        foreach (YamlEntry device in devices.Entries)
            rows[device.Key.Value] = Row((YamlMapping)device.Value, types, source, diagnostics);
        return new DeviceRegistry([.. types], rows.ToImmutable(), IsGiven: false);
    }

    private static ImmutableDictionary<string, CelValue> Row(YamlMapping device, Dictionary<string, CelType> types, SourceText source, DiagnosticBag diagnostics)
    {
        var cells = ImmutableDictionary.CreateBuilder<string, CelValue>(StringComparer.Ordinal);
        foreach (YamlEntry cell in device.Entries)
        {
            if (cell.Key.Value is "geo" or "lon" or "lat")
                continue;
            if (cell.Value is not YamlScalar scalar)
            {
                diagnostics.Report(FileCodes.WrongKind, source, cell.Value.Span, "a single value is expected here, not a list or mapping");
                continue;
            }

            if (scalar.IsNull)
                continue;
            (CelType type, CelValue value) = Cell(cell.Key.Value, scalar);
            types[cell.Key.Value] = types.TryGetValue(cell.Key.Value, out CelType? former) ? DeviceRegistry.Join(former, type) : type;
            cells[cell.Key.Value] = value;
        }

        AddPosition(device, cells, source, diagnostics);
        return cells.ToImmutable();
    }

    private static (CelType Type, CelValue Value) Cell(string column, YamlScalar scalar)
    {
        if (TextColumns.Contains(column))
            return (CelType.String, CelValue.Of(scalar.Value));
        if (CoreSchema.Bool(scalar) is { } boolean)
            return (CelType.Bool, CelValue.Of(boolean));
        if (CoreSchema.Integer(scalar) is { } integer)
            return (CelType.Int, CelValue.Of(integer));
        return CoreSchema.Number(scalar) is { } number ? (CelType.Double, CelValue.Of(number)) : (CelType.String, CelValue.Of(scalar.Value));
    }

    /// <summary>A position as <c>geo: { lat, lon }</c> or as the columns of a table, with the datum of <c>crs</c>.</summary>
    private static void AddPosition(YamlMapping device, ImmutableDictionary<string, CelValue>.Builder cells, SourceText source, DiagnosticBag diagnostics)
    {
        YamlNode? geo = device.Find("geo");
        if (geo is null && device.Find("lon") is null && device.Find("lat") is null)
            return;
        if (geo is not null)
            new ShapeChecker(source, diagnostics).Check(CityShape.Geo, geo);
        GeoPoint? point = PlaceReader.Geo(geo is null ? device : geo as YamlMapping);
        if (point is null)
        {
            if (geo is null)
                diagnostics.Report(FileCodes.BadPosition, source, device.Span, "a position needs both lat and lon, in degrees");
            return;
        }

        if (device.Text("crs") == "gcj02")
        {
            (double longitude, double latitude) = Gcj02.ToWgs84(point.Longitude, point.Latitude);
            point = new GeoPoint(latitude, longitude);
        }

        cells["lat"] = CelValue.Of(point.Latitude);
        cells["lon"] = CelValue.Of(point.Longitude);
        cells["geo"] = point.ToValue();
    }
}
