using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// Patrol flights: two a day for each drone, a position every half a minute, the battery falling as it flies. Some find a hot spot, some
/// fly until the battery is nearly empty. Where they are is told by their position alone.
/// </summary>
internal static class Drones
{
    private const int FlightMinutes = 28;
    private const double CruiseMeters = 90;
    private const double PercentPerMinute = 2.2;

    private static readonly (string Device, int Flight, int Minute, double Celsius)[] HotSpots =
    [
        ("UAV-QH-01", 1, 12, 240), ("UAV-JN-02", 2, 6, 310), ("UAV-GC-01", 1, 15, 155), ("UAV-LS-02", 2, 9, 138), ("UAV-QX-01", 1, 20, 182),
    ];

    /// <summary>Drones that start a flight with a battery that is not full.</summary>
    private static readonly (string Device, int Flight)[] Tired = [("UAV-PK-02", 2), ("UAV-YH-01", 1), ("UAV-LH-02", 2)];

    public static IEnumerable<SampleEvent> Events(ulong seed) => SampleRegistry.Of(DeviceKind.Drone).SelectMany(device => Day(device, seed));

    private static IEnumerable<SampleEvent> Day(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        return Flight(device, 1, TakeOff(device, 1, random), random).Concat(Flight(device, 2, TakeOff(device, 2, random), random));
    }

    /// <summary>Flights in the morning and in the afternoon; the two that meet a fire take off when it is burning.</summary>
    private static long TakeOff(SampleDevice device, int flight, SampleRandom random) => (device.Id, flight) switch
    {
        ("UAV-QH-01", 1) => DayTime.At(11, 34, 10),
        ("UAV-JN-02", 2) => DayTime.At(15, 59, 20),
        (_, 1) => DayTime.At(8) + random.Below(3 * 60 * (int)DayTime.MinuteMs),
        _ => DayTime.At(14) + random.Below(3 * 60 * (int)DayTime.MinuteMs),
    };

    private static IEnumerable<SampleEvent> Flight(SampleDevice device, int flight, long takeOffMs, SampleRandom random)
    {
        double battery = Tired.Contains((device.Id, flight)) ? 74 : random.Between(93.0, 100.0);
        foreach (long at in Schedule.Dense(takeOffMs, takeOffMs + (FlightMinutes * DayTime.MinuteMs), device.Kind.ReportSeconds * DayTime.SecondMs))
            yield return Position(at, device, flight, battery - (PercentPerMinute * (at - takeOffMs) / DayTime.MinuteMs));
        foreach ((_, _, int minute, double celsius) in HotSpots.Where(spot => spot.Device == device.Id && spot.Flight == flight))
        {
            for (int pass = 0; pass < 4; pass++)
                yield return HotSpot(takeOffMs + (minute * DayTime.MinuteMs) + (pass * 25 * DayTime.SecondMs), device, flight, celsius + random.Between(-8, 8));
        }
    }

    private static SampleEvent Position(long atMs, SampleDevice device, int flight, double battery) => new(atMs, device, "drone.position", string.Create(
        CultureInfo.InvariantCulture, $"\"flight_id\":\"{device.Id}-F{flight}\",\"flight\":{{{SampleEvent.Number("alt", CruiseMeters, 1)},\"altRef\":\"takeoff\",{SampleEvent.Number("battery", battery, 1)}}}"));

    private static SampleEvent HotSpot(long atMs, SampleDevice device, int flight, double celsius) => new(atMs, device, "drone.hotspot", string.Create(
        CultureInfo.InvariantCulture, $"{SampleEvent.Number("temp_c", celsius, 1)},\"flight_id\":\"{device.Id}-F{flight}\""));
}
