using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// The devices of the sample day: 348 of nine kinds. The registry that ships with the Nanjing pack (<c>devices.csv</c>) is this list
/// written out; a test holds them together. Immutable and thread-safe.
/// </summary>
public static class SampleRegistry
{
    private const string Header = "device,name,kind,district,street,grid,lon,lat,crs,status,report_s,critical,vendor,gateway,manhole_id";

    private static readonly ImmutableArray<string> Vendors = ["vendor-a", "vendor-b", "vendor-c"];

    internal static ImmutableArray<SampleDevice> Devices { get; } =
    [
        .. from district in SampleDistrict.All
           from kind in DeviceKind.All
           from number in Enumerable.Range(1, kind.PerDistrict)
           select new SampleDevice($"{kind.Letters}-{district.Letters}-{number:00}", kind, number, district),
    ];

    internal static IEnumerable<SampleDevice> Of(DeviceKind kind) => Devices.Where(device => device.Kind == kind);

    internal static SampleDevice Find(string id) => Devices.First(device => device.Id == id);

    /// <summary>Writes the registry as CSV, UTF-8, with a header. What flies has no district, street or position: its events say where it is.</summary>
    public static void WriteCsv(Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        StringBuilder text = new(Header);
        text.Append('\n');
        for (int index = 0; index < Devices.Length; index++)
            text.Append(Row(Devices[index], Vendors[index % Vendors.Length])).Append('\n');
        target.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    // The gauge of a number stands in the shaft under the cover of that number.
    private static string Shaft(SampleDevice device) =>
        device.Kind == DeviceKind.Manhole || device.Kind == DeviceKind.WaterGauge ? $"{DeviceKind.Manhole.Letters}-{device.District.Letters}-{device.Number:00}" : "";

    private static string Row(SampleDevice device, string vendor)
    {
        string place = device.Kind == DeviceKind.Drone
            ? $",,{device.Grid},,,wgs84"
            : string.Create(CultureInfo.InvariantCulture, $"{device.District.Code},{device.Street},{device.Grid},{device.Longitude:0.0000},{device.Latitude:0.0000},wgs84");
        string critical = device.IsCritical ? "true" : "false";
        return string.Create(CultureInfo.InvariantCulture,
            $"{device.Id},{device.Name},{device.Kind.Word},{place},in_service,{device.Kind.ReportSeconds},{critical},{vendor},{device.Gateway},{Shaft(device)}");
    }
}
