using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// Smoke detectors with their hourly reading, cameras that think they see a fire, drones that find something hot. Two fires are told by
/// several sources, as real ones are; kitchens and barbecues are told by one.
/// </summary>
internal static class Fires
{
    private const string SmokeType = "smoke.alarm";
    private const string VideoType = "video.fire";

    private static readonly (string Device, long AtMs, double PeakPercent)[] Smoke =
    [
        ("SM-GL-02", DayTime.At(7, 8, 14), 8.5),
        ("SM-QH-03", DayTime.At(11, 42, 5), 21.0),
        ("SM-JY-01", DayTime.At(12, 15, 33), 9.2),
        ("SM-PK-04", DayTime.At(15, 27, 50), 7.4),
        ("SM-JN-05", DayTime.At(16, 2, 9), 24.5),
        ("SM-XW-02", DayTime.At(18, 21, 44), 8.1),
        ("SM-LH-01", DayTime.At(21, 13, 2), 13.6),
        ("SM-GC-03", DayTime.At(22, 40, 37), 6.8),
    ];

    private static readonly (string Device, long AtMs, double Confidence, int Frames)[] Video =
    [
        ("CAM-QH-04", DayTime.At(11, 43, 10), 0.93, 12),
        ("CAM-LS-02", DayTime.At(13, 30, 0), 0.55, 5),
        ("CAM-JN-03", DayTime.At(16, 3, 20), 0.96, 14),
        ("CAM-QX-01", DayTime.At(17, 48, 15), 0.78, 4),
        ("CAM-YH-05", DayTime.At(19, 5, 41), 0.82, 6),
        ("CAM-LH-03", DayTime.At(21, 14, 30), 0.84, 8),
    ];

    public static IEnumerable<SampleEvent> Events(ulong seed) =>
        SampleRegistry.Of(DeviceKind.Smoke).SelectMany(device => Hourly(device, seed))
            .Concat(Smoke.SelectMany(one => Plume(one.Device, one.AtMs, one.PeakPercent, seed)))
            .Concat(Video.SelectMany(one => Sighting(one.Device, one.AtMs, one.Confidence, one.Frames, seed)));

    private static IEnumerable<SampleEvent> Hourly(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        return Schedule.Regular(device, random)
            .Select(at => SampleEvent.Reading(at, device, SmokeType, "density_pct", random.Between(0.1, 1.2)));
    }

    /// <summary>Smoke that thickens over two minutes and is gone five minutes later, told every twenty seconds.</summary>
    private static IEnumerable<SampleEvent> Plume(string id, long atMs, double peakPercent, ulong seed)
    {
        SampleDevice device = SampleRegistry.Find(id);
        SampleRandom random = SampleRandom.For(seed, id + "/plume");
        DayCurve density = new([(atMs, 1.0), (atMs + (2 * DayTime.MinuteMs), peakPercent), (atMs + (7 * DayTime.MinuteMs), 0.5)]);
        foreach (long at in Schedule.Dense(atMs, atMs + (8 * DayTime.MinuteMs), 20 * DayTime.SecondMs))
            yield return SampleEvent.Reading(at, device, SmokeType, "density_pct", density.At(at) + random.Between(-0.2, 0.2));
    }

    private static IEnumerable<SampleEvent> Sighting(string id, long atMs, double confidence, int frames, ulong seed)
    {
        SampleDevice device = SampleRegistry.Find(id);
        SampleRandom random = SampleRandom.For(seed, id + "/fire");
        for (int frame = 0; frame < frames; frame++)
            yield return Frame(atMs + (frame * 15 * DayTime.SecondMs), device, confidence + random.Between(-0.04, 0.03), frame);
    }

    private static SampleEvent Frame(long atMs, SampleDevice device, double confidence, int frame)
    {
        string seen = SampleEvent.Number("confidence", confidence, 2);
        return new SampleEvent(atMs, device, VideoType, string.Create(CultureInfo.InvariantCulture,
            $"{seen},\"alarm\":{{\"method\":\"video\",\"type\":\"fire\",\"priority\":1,{seen},\"mediaRef\":\"media/{device.Id}/{frame:000}.jpg\"}}"));
    }
}
