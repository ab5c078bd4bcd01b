namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>Manhole covers: a heartbeat every two hours; a few are moved, two of them by the flood.</summary>
internal static class Manholes
{
    private const string Type = "manhole.tilt";

    private static readonly (string Device, long AtMs, int Minutes, double AngleDegrees)[] Opened =
    [
        ("MH-QH-02", DayTime.At(6, 12, 40), 35, 28),
        ("MH-GL-03", DayTime.At(9, 47, 3), 22, 41),
        ("MH-YH-01", DayTime.At(13, 5, 18), 48, 33),
        ("MH-QX-04", DayTime.At(16, 31, 55), 15, 19),
        ("MH-JN-01", DayTime.At(19, 41, 12), 95, 62),
        ("MH-JB-02", DayTime.At(20, 6, 30), 80, 55),
    ];

    public static IEnumerable<SampleEvent> Events(ulong seed) =>
        SampleRegistry.Of(DeviceKind.Manhole).SelectMany(device => Heartbeats(device, seed))
            .Concat(Opened.SelectMany(one => Opening(one.Device, one.AtMs, one.Minutes, one.AngleDegrees, seed)));

    private static IEnumerable<SampleEvent> Heartbeats(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        return Schedule.Regular(device, random)
            .Where(at => !Opened.Any(one => one.Device == device.Id && at >= one.AtMs && at < one.AtMs + (one.Minutes * DayTime.MinuteMs)))
            .Select(at => SampleEvent.Reading(at, device, Type, "angle_deg", random.Between(0.0, 2.0), 1));
    }

    private static IEnumerable<SampleEvent> Opening(string id, long atMs, int minutes, double angleDegrees, ulong seed)
    {
        SampleDevice device = SampleRegistry.Find(id);
        SampleRandom random = SampleRandom.For(seed, id + "/open");
        long closedAtMs = atMs + (minutes * DayTime.MinuteMs);
        foreach (long at in Schedule.Dense(atMs, closedAtMs, 5 * DayTime.MinuteMs))
            yield return SampleEvent.Reading(at, device, Type, "angle_deg", angleDegrees + random.Between(-1.5, 1.5), 1);
        yield return SampleEvent.Reading(closedAtMs, device, Type, "angle_deg", 0.8, 1);
    }
}
