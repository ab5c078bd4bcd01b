using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>Air, noise and traffic: what is measured all day and now and then leaves its usual range.</summary>
internal static class Surroundings
{
    private static readonly DayCurve FineDust = DayCurve.Through((0, 0, 38), (8, 0, 46), (14, 0, 30), (20, 0, 40), (24, 0, 42));

    private static readonly (string Device, DayCurve Curve)[] Hazes =
    [
        ("AQ-PK-01", DayCurve.Through((1, 30, 40), (2, 10, 96), (4, 30, 104), (5, 30, 40))),
        ("AQ-LH-01", DayCurve.Through((10, 30, 35), (11, 10, 92), (13, 30, 131), (15, 30, 34))),
        ("AQ-JB-01", DayCurve.Through((11, 30, 35), (12, 10, 88), (14, 0, 112), (15, 45, 34))),
    ];

    private static readonly DayCurve StreetNoise = DayCurve.Through((0, 0, 45), (4, 30, 43), (8, 0, 63), (18, 0, 65), (22, 0, 49), (24, 0, 46));

    private static readonly (string Device, long FromMs, long UntilMs)[] NightWorks =
    [
        ("NS-YH-02", DayTime.At(0, 20), DayTime.At(3, 40)),
        ("NS-JN-01", DayTime.At(1, 5), DayTime.At(2, 50)),
        ("NS-QX-02", DayTime.At(3, 0), DayTime.At(5, 20)),
        ("NS-JY-01", DayTime.At(22, 10), DayTime.At(23, 59)),
    ];

    private static readonly DayCurve FreeSpeed = DayCurve.Through((0, 0, 62), (6, 30, 55), (8, 0, 30), (9, 30, 42), (17, 0, 38), (18, 15, 27), (20, 0, 45), (24, 0, 60));

    private static readonly (string Device, long FromMs, long UntilMs, double Speed)[] Jams =
    [
        ("TR-GL-01", DayTime.At(7, 40), DayTime.At(8, 50), 8),
        ("TR-QH-02", DayTime.At(8, 25), DayTime.At(9, 40), 6),
        ("TR-JN-01", DayTime.At(18, 50), DayTime.At(21, 10), 5),
        ("TR-JN-02", DayTime.At(19, 10), DayTime.At(20, 40), 7),
        ("TR-JB-01", DayTime.At(19, 20), DayTime.At(21, 30), 4),
    ];

    public static IEnumerable<SampleEvent> Events(ulong seed) =>
        SampleRegistry.Of(DeviceKind.AirStation).SelectMany(device => Air(device, seed))
            .Concat(SampleRegistry.Of(DeviceKind.NoiseMeter).SelectMany(device => Noise(device, seed)))
            .Concat(SampleRegistry.Of(DeviceKind.TrafficLoop).SelectMany(device => Traffic(device, seed)));

    private static IEnumerable<SampleEvent> Air(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        DayCurve curve = Hazes.FirstOrDefault(haze => haze.Device == device.Id).Curve ?? FineDust;
        foreach (long at in Schedule.Regular(device, random))
        {
            double fine = curve.At(at) + random.Between(-3, 3);
            yield return new SampleEvent(at, device, "air.quality", $"{SampleEvent.Number("pm2_5", fine, 0)},{SampleEvent.Number("pm10", fine * 1.6, 0)},{SampleEvent.Number("o3", random.Between(40, 130), 0)}");
        }
    }

    private static IEnumerable<SampleEvent> Noise(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        foreach (long at in Schedule.Regular(device, random))
        {
            bool works = NightWorks.Any(night => night.Device == device.Id && at >= night.FromMs && at < night.UntilMs);
            double decibels = works ? random.Between(61, 72) : StreetNoise.At(at) + random.Between(-2.5, 2.5);
            yield return SampleEvent.Reading(at, device, "noise.level", "laeq_db", decibels, 1);
        }
    }

    private static IEnumerable<SampleEvent> Traffic(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        foreach (long at in Schedule.Regular(device, random))
        {
            double jam = Jams.FirstOrDefault(one => one.Device == device.Id && at >= one.FromMs && at < one.UntilMs).Speed;
            double speed = jam > 0 ? jam + random.Between(-2, 2) : FreeSpeed.At(at) * random.Between(0.8, 1.2);
            yield return new SampleEvent(at, device, "traffic.flow", string.Create(
                CultureInfo.InvariantCulture, $"{SampleEvent.Number("speed_kmh", speed, 1)},\"vehicles\":{random.Between(4, 140)},\"measured_s\":{device.Kind.ReportSeconds}"));
        }
    }
}
