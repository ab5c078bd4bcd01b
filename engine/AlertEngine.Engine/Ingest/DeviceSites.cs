using System.Collections.Frozen;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>Where a device stands, as far as the registry says: empty texts and null where it does not.</summary>
internal sealed record DeviceSite(string District, string Street, GeoPoint? Position);

/// <summary>The registry's columns that tell a place: <c>district</c>, <c>street</c>, <c>lon</c> and <c>lat</c> (WGS 84), each if there is one.</summary>
internal sealed class DeviceSites
{
    private readonly FrozenDictionary<string, DeviceSite> _sites;

    internal DeviceSites(RuleSet rules)
    {
        int? Slot(string column) => rules.DeviceRecord.Find(column)?.Slot;
        (int? district, int? street, int? longitude, int? latitude) = (Slot("district"), Slot("street"), Slot("lon"), Slot("lat"));
        _sites = rules.Devices
            .Select(row => (row.Key, Site: new DeviceSite(Text(row.Value, district), Text(row.Value, street), Position(row.Value, longitude, latitude))))
            .Where(row => row.Site is not ({ District: "", Street: "", Position: null }))
            .ToFrozenDictionary(row => row.Key, row => row.Site, StringComparer.Ordinal);
    }

    internal DeviceSite? Find(string device) => _sites.GetValueOrDefault(device);

    private static string Text(CelValue[] row, int? slot) => slot is { } at && at < row.Length ? row[at].AsString ?? "" : "";

    private static GeoPoint? Position(CelValue[] row, int? longitude, int? latitude) =>
        Number(row, longitude) is { } east && Number(row, latitude) is { } north ? new GeoPoint(north, east) : null;

    private static double? Number(CelValue[] row, int? slot)
    {
        if (slot is not { } at || at >= row.Length)
            return null;
        return row[at].IsDouble ? row[at].AsDouble : row[at].IsInt ? row[at].AsInt : null;
    }
}
