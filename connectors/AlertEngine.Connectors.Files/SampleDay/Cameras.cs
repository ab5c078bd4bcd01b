using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>Cameras that count people (the first two of a district) and cameras that watch the kerb (the others).</summary>
internal static class Cameras
{
    private const int CrowdCameras = 2;
    private const int ParkingStays = 14;

    // So long a camera goes on counting often when the crowd has gone.
    private const int AfterMinutes = 5;
    private const double SceneSquareMeters = 220;

    /// <summary>People in view on a usual day.</summary>
    private static readonly DayCurve Usual = DayCurve.Through((0, 0, 10), (5, 0, 2), (8, 0, 120), (12, 0, 180), (18, 30, 260), (22, 0, 60), (24, 0, 15));

    private static readonly (string Device, long AtMs, int Minutes, int PeakPersons)[] Crowds =
    [
        ("CAM-XW-01", DayTime.At(10, 20, 0), 14, 860),
        ("CAM-GL-02", DayTime.At(17, 55, 0), 16, 940),
        ("CAM-QH-01", DayTime.At(19, 30, 0), 24, 1_280),
        ("CAM-JY-01", DayTime.At(21, 35, 0), 12, 900),
    ];

    private static readonly (string Device, long AtMs, int Vehicles)[] Clusters =
    [
        ("CAM-GL-03", DayTime.At(6, 40), 7), ("CAM-QH-05", DayTime.At(7, 22), 8), ("CAM-JN-04", DayTime.At(7, 48), 6),
        ("CAM-XW-03", DayTime.At(8, 15), 9), ("CAM-JY-04", DayTime.At(9, 30), 6), ("CAM-QX-05", DayTime.At(11, 10), 7),
        ("CAM-GL-06", DayTime.At(11, 55), 12), ("CAM-YH-03", DayTime.At(12, 20), 6), ("CAM-JB-04", DayTime.At(14, 40), 8),
        ("CAM-PK-05", DayTime.At(16, 35), 6), ("CAM-JN-06", DayTime.At(17, 15), 10), ("CAM-QH-03", DayTime.At(18, 45), 14),
        ("CAM-LH-04", DayTime.At(20, 5), 6), ("CAM-XW-05", DayTime.At(22, 30), 7),
    ];

    public static IEnumerable<SampleEvent> Events(ulong seed) =>
        SampleRegistry.Of(DeviceKind.Camera).SelectMany(device => device.Number <= CrowdCameras ? Counting(device, seed) : Kerb(device, seed))
            .Concat(Crowds.SelectMany(one => Crowd(one.Device, one.AtMs, one.Minutes, one.PeakPersons, seed)))
            .Concat(Clusters.SelectMany(one => Cluster(one.Device, one.AtMs, one.Vehicles, seed)));

    private static IEnumerable<SampleEvent> Counting(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        return Schedule.Regular(device, random)
            .Where(at => !Crowds.Any(one => one.Device == device.Id && at >= one.AtMs && at < one.AtMs + ((one.Minutes + AfterMinutes) * DayTime.MinuteMs)))
            .Select(at => Persons(at, device, Usual.At(at) * random.Between(0.6, 1.3)));
    }

    /// <summary>A crowd gathers over a quarter of its time, stays, and goes in the last quarter; counted every twenty seconds.</summary>
    private static IEnumerable<SampleEvent> Crowd(string id, long atMs, int minutes, int peakPersons, ulong seed)
    {
        SampleDevice device = SampleRegistry.Find(id);
        SampleRandom random = SampleRandom.For(seed, id + "/crowd");
        long lengthMs = minutes * DayTime.MinuteMs;
        DayCurve persons = new([(atMs, 300), (atMs + (lengthMs / 4), peakPersons), (atMs + (lengthMs * 3 / 4), peakPersons), (atMs + lengthMs, 250)]);
        foreach (long at in Schedule.Dense(atMs, atMs + lengthMs + (AfterMinutes * DayTime.MinuteMs), 20 * DayTime.SecondMs))
            yield return Persons(at, device, persons.At(at) + random.Between(-12, 12));
    }

    private static IEnumerable<SampleEvent> Kerb(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        for (int stay = 0; stay < ParkingStays; stay++)
            yield return Parked(random.Between(0, (int)DayTime.DayMs - 1), device, random, isIllegal: random.PerMille(250));
    }

    private static IEnumerable<SampleEvent> Cluster(string id, long atMs, int vehicles, ulong seed)
    {
        SampleDevice device = SampleRegistry.Find(id);
        SampleRandom random = SampleRandom.For(seed, id + "/kerb");
        for (int vehicle = 0; vehicle < vehicles; vehicle++)
            yield return Parked(atMs + (vehicle * 80 * DayTime.SecondMs) + random.Below(30_000), device, random, isIllegal: true);
    }

    private static SampleEvent Persons(long atMs, SampleDevice device, double persons) => new(atMs, device, "camera.crowd", string.Create(
        CultureInfo.InvariantCulture, $"\"count\":{(int)Math.Max(0, persons)},{SampleEvent.Number("area_m2", SceneSquareMeters, 1)}"));

    private static SampleEvent Parked(long atMs, SampleDevice device, SampleRandom random, bool isIllegal) => new(atMs, device, "video.parking", string.Create(
        CultureInfo.InvariantCulture, $"\"plate\":\"苏A·X{random.Below(10_000):0000}\",\"illegal\":{(isIllegal ? "true" : "false")}"));
}
