using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Engine.Ingest;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// What people say of the evening's flood over 江宁 and 江北新区: the weather service warns, residents report, the districts' centres order. The
/// warning of orange switches both districts to emergency, one until its cancellation, the other until it expires. Names and numbers are invented.
/// </summary>
internal sealed class FloodEvening(ulong seed, SampleDayTally tally)
{
    private const int DelayMs = 700;

    private static readonly ImmutableArray<SampleDistrict> Flooded = [.. SampleDistrict.All.Where(district => district.Letters is "JN" or "JB")];

    private static readonly ImmutableArray<(long AtMs, string Message, string Colour, string Letters, string Expires)> Warnings =
    [
        (DayTime.At(17, 30), "alert", "yellow", "JN", "23:00"), (DayTime.At(17, 30), "alert", "yellow", "JB", "23:00"),
        (DayTime.At(18, 20), "update", "orange", "JN", "23:00"), (DayTime.At(18, 20), "update", "orange", "JB", "22:30"),
        (DayTime.At(19, 15), "update", "red", "JN", "23:30"), (DayTime.At(22, 10), "cancel", "red", "JN", "23:30"),
    ];

    private static readonly ImmutableArray<string> Names = ["王秀珍", "李建国", "张桂兰", "陈志强", "赵玉梅", "孙德福", "周凤英", "吴长林"];

    private readonly SampleRandom _random = SampleRandom.For(seed, "flood-evening");
    private readonly Dictionary<string, int> _sequences = new(StringComparer.Ordinal);

    /// <summary>The arrivals: good ones, and two that are broken and hold what nobody may see.</summary>
    public IEnumerable<Arrival> Arrivals()
    {
        foreach (SampleEvent sample in Warned().Concat(Reported()).OrderBy(sample => sample.TimeMs).ThenBy(sample => sample.Device.Id, StringComparer.Ordinal))
            yield return new Arrival(sample.TimeMs + _random.Below(DelayMs), LineOf(sample).ToBytes());
        tally.Reject(RejectionCodes.InvalidField);
        SampleEvent call = new(DayTime.At(20, 31, 5), SampleRegistry.Find("EC-JN-02"), "eldercare.alarm", "\"alarm\":{\"type\":\"sos\",\"confidence\":\"certain\"},\"elder_name\":\"钱淑华\",\"elder_phone\":\"13800000977\"");
        yield return new Arrival(call.TimeMs + DelayMs, new CloudEventLine(call, 95_001, Placement.District).ToBytes());
        tally.Reject(RejectionCodes.InvalidJson);
        SampleEvent report = Report(DayTime.At(20, 40), DeskOf(Flooded[0]), 90);
        yield return new Arrival(report.TimeMs + DelayMs, new CloudEventLine(report, 95_002, Placement.District).ToBytes()[..^30]);
    }

    /// <summary>The commands of the centres: a scene begins and ends in each of the two districts.</summary>
    public static void WriteCommands(Stream target)
    {
        // In the order of time, as a command that was given later is read later.
        foreach (SampleDistrict district in Flooded)
            Write(target, district, DayTime.At(18, 45), "start-scene", "抗洪抢险启动");
        foreach (SampleDistrict district in Flooded)
            Write(target, district, DayTime.At(23, 10), "stop-scene", "抗洪抢险结束");
    }

    private static void Write(Stream target, SampleDistrict district, long atMs, string command, string reason) => target.Write(Encoding.UTF8.GetBytes(
        $$$"""{"specversion":"1.0","id":"{{{command}}}-{{{district.Letters}}}","source":"/nanjing/centre-{{{district.Letters}}}","type":"city.command.v1","time":"{{{DayTime.Rfc3339(atMs)}}}","district":"{{{district.Code}}}","data":{"command":"{{{command}}}","scene":"flood-fight","actor":"值班长","reason":"{{{reason}}}"}}""" + "\n"));

    private static IEnumerable<SampleEvent> Warned() => Warnings.Select(one => new SampleEvent(one.AtMs, new SampleDevice("MET-NJ", DeviceKind.WarningOffice, 1, Flooded.First(district => district.Letters == one.Letters)), "official.warning",
        $"\"message\":\"{one.Message}\",\"chain\":\"NJ-RAIN-1\",\"kind\":\"暴雨\",\"colour\":\"{one.Colour}\",\"expires\":\"{DayTime.Date}T{one.Expires}:00+08:00\""));

    private IEnumerable<SampleEvent> Reported() => Flooded.SelectMany(district => Enumerable.Range(0, 6).Select(number =>
        Report(DayTime.At(18, 50) + (number * 11 * DayTime.MinuteMs) + _random.Below(300_000), DeskOf(district), number)));

    private SampleEvent Report(long atMs, SampleDevice desk, int number) => new(atMs, desk, "resident.report", string.Create(
        CultureInfo.InvariantCulture, $"\"request\":\"{desk.Id}-{number}\",\"open\":true,\"code\":\"flooding\",\"service\":\"积水\",\"text\":\"{desk.District.Name}{1 + _random.Below(30)}幢{1 + _random.Below(9)}单元进水\",\"reporter_name\":\"{Names[_random.Below(Names.Length)]}\",\"reporter_phone\":\"138{_random.Below(100_000_000):00000000}\""));

    private static SampleDevice DeskOf(SampleDistrict district) => new($"RPT-{district.Letters}", DeviceKind.ReportDesk, 1, district);

    private CloudEventLine LineOf(SampleEvent sample) =>
        new(sample, _sequences[sample.Device.Id] = _sequences.GetValueOrDefault(sample.Device.Id) + 1, Placement.District);
}
