using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>Bracelets of people who live alone: a pulse every half an hour, a fall or a call for help now and then.</summary>
internal static class Bracelets
{
    private const string AlarmType = "eldercare.alarm";

    private static readonly (string Device, long AtMs, string Kind, double Confidence)[] Alarms =
    [
        ("EC-GL-01", DayTime.At(5, 51, 8), "fall", 0.91),
        ("EC-XW-03", DayTime.At(9, 14, 40), "sos", 1.0),
        ("EC-JY-02", DayTime.At(12, 2, 17), "fall", 0.44),
        ("EC-QH-04", DayTime.At(15, 36, 29), "fall", 0.87),
        ("EC-LS-01", DayTime.At(20, 20, 3), "sos", 1.0),
        ("EC-QX-02", DayTime.At(23, 5, 55), "fall", 0.95),
    ];

    private static readonly (string Device, long AtMs, double BeatsPerMinute)[] RacingHearts =
        [("EC-YH-02", DayTime.At(4, 25), 148), ("EC-GC-04", DayTime.At(17, 18), 36)];

    public static IEnumerable<SampleEvent> Events(ulong seed) =>
        SampleRegistry.Of(DeviceKind.Bracelet).SelectMany(device => Pulse(device, seed))
            .Concat(Alarms.Select(one => Alarm(one.AtMs, SampleRegistry.Find(one.Device), one.Kind, one.Confidence)))
            .Concat(RacingHearts.SelectMany(one => Racing(one.Device, one.AtMs, one.BeatsPerMinute, seed)));

    private static IEnumerable<SampleEvent> Pulse(SampleDevice device, ulong seed)
    {
        SampleRandom random = SampleRandom.For(seed, device.Id);
        double rest = random.Between(58.0, 78.0);
        return Schedule.Regular(device, random).Select(at => Beats(at, device, rest + random.Between(-6, 14)));
    }

    /// <summary>A pulse out of range is told again every two minutes.</summary>
    private static IEnumerable<SampleEvent> Racing(string id, long atMs, double beatsPerMinute, ulong seed)
    {
        SampleDevice device = SampleRegistry.Find(id);
        SampleRandom random = SampleRandom.For(seed, id + "/pulse");
        for (int reading = 0; reading < 6; reading++)
            yield return Beats(atMs + (reading * 2 * DayTime.MinuteMs), device, beatsPerMinute + random.Between(-3, 3));
    }

    private static SampleEvent Beats(long atMs, SampleDevice device, double beatsPerMinute) =>
        SampleEvent.Reading(atMs, device, "eldercare.vitals", "heart_rate_bpm", beatsPerMinute, 0);

    private static SampleEvent Alarm(long atMs, SampleDevice device, string kind, double confidence) => new(atMs, device, AlarmType, string.Create(
        CultureInfo.InvariantCulture, $"\"alarm\":{{\"method\":\"wearable\",\"type\":\"{kind}\",\"priority\":1,{SampleEvent.Number("confidence", confidence, 2)}}},\"elder_name\":\"{Wearer(device)}\",\"elder_phone\":\"{Phone(device)}\""));

    // Invented, and the same for each bracelet: what the day says of a person has to stay out of everything that is told of it.
    private static string Wearer(SampleDevice device) => string.Concat("赵钱孙李周吴郑王冯陈褚卫".AsSpan(SampleDistrict.All.IndexOf(device.District), 1), "桂香玉兰".AsSpan(device.Number - 1, 1), "英");

    private static string Phone(SampleDevice device) => string.Create(CultureInfo.InvariantCulture, $"1380000{(SampleDistrict.All.IndexOf(device.District) * 10) + device.Number:0000}");
}
