using System.Collections.Immutable;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>A kind of device.</summary>
/// <param name="Letters">What ids begin with.</param>
/// <param name="Word">The registry's word for it.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="PerDistrict">How many each district has.</param>
/// <param name="ReportSeconds">How often it reports, in seconds; for what reports only when something happens, its heartbeat.</param>
/// <param name="FirstSlot">The first of its places on the district's grid of devices.</param>
internal sealed record DeviceKind(string Letters, string Word, string Label, int PerDistrict, int ReportSeconds, int FirstSlot)
{
    public static DeviceKind WaterGauge { get; } = new("WL", "water-gauge", "水位站", 3, 600, 0);

    public static DeviceKind Manhole { get; } = new("MH", "manhole", "井盖", 4, 7_200, 3);

    public static DeviceKind Camera { get; } = new("CAM", "camera", "摄像机", 6, 900, 7);

    public static DeviceKind Smoke { get; } = new("SM", "smoke-detector", "烟感", 5, 3_600, 13);

    public static DeviceKind Drone { get; } = new("UAV", "drone", "无人机", 2, 30, 18);

    public static DeviceKind AirStation { get; } = new("AQ", "air-station", "空气站", 1, 900, 20);

    public static DeviceKind NoiseMeter { get; } = new("NS", "noise-meter", "噪声仪", 2, 900, 21);

    public static DeviceKind Bracelet { get; } = new("EC", "bracelet", "手环", 4, 1_800, 23);

    public static DeviceKind TrafficLoop { get; } = new("TR", "traffic-loop", "车检器", 2, 600, 27);

    /// <summary>The weather service, which is not in the registry.</summary>
    public static DeviceKind WarningOffice { get; } = new("MET", "official", "气象台", 0, 0, 0);

    /// <summary>Where residents report, which is not in the registry.</summary>
    public static DeviceKind ReportDesk { get; } = new("RPT", "report", "热线", 0, 0, 0);

    /// <summary>All kinds, in the order of the registry.</summary>
    public static ImmutableArray<DeviceKind> All { get; } =
        [WaterGauge, Manhole, Camera, Smoke, Drone, AirStation, NoiseMeter, Bracelet, TrafficLoop];
}
