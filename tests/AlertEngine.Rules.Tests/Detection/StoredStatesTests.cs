using System.Collections.Frozen;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Absence;
using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Detection.Baseline;
using AlertEngine.Rules.Detection.Change;
using AlertEngine.Rules.Detection.Correlate;
using AlertEngine.Rules.Detection.Count;
using AlertEngine.Rules.Detection.Distinct;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Detection.Hold;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Sequence;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection;

/// <summary>
/// Goal: what a version of the program stored, every later one reads. Method: the bytes of each detector's state, frozen here; a state
/// read from them goes on as the one that was never stored. A new format gets new bytes beside the old ones, which stay.
/// </summary>
public sealed class StoredStatesTests
{
    private static readonly FrozenDictionary<string, Func<Detector>> Detectors = new Dictionary<string, Func<Detector>>
    {
        ["each"] = () => new EachDetector(new EachOptions(High) { Quiet = (DurationOperand)Seconds.Of(30) }),
        ["hold"] = () => new HoldDetector(new HoldOptions(High, Seconds.Of(20))
        {
            Track = [new("peak", TrackFunction.Max, Conditions.ValueOfX, CelType.Double), new("last", TrackFunction.Last, Conditions.ValueOfX, CelType.Double)],
        }),
        ["count"] = () => CountDetector.Create(new CountOptions(2, Seconds.Of(30))),
        ["count tumbling"] = () => CountDetector.Create(new CountOptions(2, Seconds.Of(3_600)) { WindowKind = WindowKind.Tumbling }),
        ["distinct"] = () => DistinctDetector.Create(new DistinctOptions(Conditions.ValueOfText, 2, Seconds.Of(30))),
        ["distinct tumbling"] = () => DistinctDetector.Create(new DistinctOptions(Conditions.ValueOfText, 2, Seconds.Of(3_600)) { WindowKind = WindowKind.Tumbling }),
        ["aggregate"] = () => AggregateDetector.Create(Aggregate),
        ["aggregate tumbling"] = () => AggregateDetector.Create(Aggregate with { WindowKind = WindowKind.Tumbling, Window = Seconds.Of(3_600) }),
        ["change"] = () => new ChangeDetector(new ChangeOptions(Conditions.ValueOfX, ChangeMeasure.Delta, Seconds.Of(5), Conditions.Own(0, value => value > -99))),
        ["absence"] = () => new AbsenceDetector(new AbsenceOptions(Seconds.Of(20)) { Seen = (DurationOperand)Seconds.Of(60) }),
        ["sequence"] = () => new SequenceDetector(new SequenceOptions(Seconds.Of(30), [new("a", Sample.SlotCount), new("b", Sample.SlotCount) { IsNot = true, For = Seconds.Of(15) }])),
        ["correlate"] = () => new CorrelateDetector(new CorrelateOptions([new("a", null)], 1, Seconds.Of(30), Seconds.Of(30)) { Radius = (NumberOperand)100.0 }),
        ["baseline"] = () => new BaselineDetector(Baseline(BaselineMethod.Ewma)),
        ["baseline mad"] = () => new BaselineDetector(Baseline(BaselineMethod.Mad)),
    }.ToFrozenDictionary();

    private static CelCondition High => Conditions.X(x => x >= 5);

    private static AggregateOptions Aggregate => new(Conditions.ValueOfX, AggregateFunction.P50, Seconds.Of(30), Conditions.Own(0, value => value > 5));

    [Theory]
    [InlineData("each", "01018084AF5F8090BCFD02")]
    [InlineData("hold", "0101008084AF5F8088DEBE0102060000000000001C40060000000000001C40")]
    [InlineData("count", "0101808C8D9E02060080B4891380B4891380B4891380B4891380B48913")]
    [InlineData("count tumbling", "010080A0A39C8C0205")]
    [InlineData("distinct", "010180A8A9D70203037630809C9C3903763180B4891303763280B48913")]
    [InlineData("distinct tumbling", "010080A0A39C8C0203037630037631037632")]
    [InlineData(
        "aggregate",
        "0101FEFFFFFFFFFFFFFFFF01FEFFFFFFFFFFFFFFFF010600000000000000184080B489130000000000001C4080B48913000000000000184080B48913"
        + "0000000000001C4080B48913000000000000184080B489130000000000001C40")]
    [InlineData(
        "aggregate tumbling",
        "0101FEFFFFFFFFFFFFFFFF0180A0A39C8C0280A0A39C8C0200000000000018400105000000000080404000000000000018400000000000001C406666"
        + "666666661A40343333333333F33F050000000000001C4000000000000018400000000000001C4000000000000018400000000000001C40")]
    [InlineData("change", "0100FEFFFFFFFFFFFFFFFF0180F3E8930103809C9C390000000000001C4080B48913000000000000184080B489130000000000001C40")]
    [InlineData("absence", "01018084AF5F00808C8D9E0200")]
    [InlineData(
        "sequence",
        "0180C6868F01FEFFFFFFFFFFFFFFFF0100000001027303653000808C8D9E020080C6868F0100020C0703653007027307057465737407026B00000008"
        + "00000A00000000000040400000000000A05D40060000000000001840000703763000")]
    [InlineData("correlate", "01010273036530008084AF5F8090BCFD020106010100000000000040400000000000A05D40")]
    [InlineData(
        "baseline",
        "0100FEFFFFFFFFFFFFFFFF01FEFFFFFFFFFFFFFFFF01008084AF5FE01328F46E9BF33F8B144ED79063194012FADF7BC34BD53FC473A82396D8DB3F00"
        + "000000000008408084AF5F019939982D09D31940EB01A0D4ECA0E23FF97EF7CE73FC17408084AF5F")]
    [InlineData(
        "baseline mad",
        "0100FEFFFFFFFFFFFFFFFF01FEFFFFFFFFFFFFFFFF01008084AF5FE743C98056EAFF3F00000000000018400600000000000000184080B48913000000"
        + "0000001C4080B48913000000000000184080B489130000000000001C4080B48913000000000000184080B489130000000000001C40")]
    public void What_was_stored_is_read_and_goes_on_as_if_it_had_never_been(string name, string stored)
    {
        Sample[] before = [.. Enumerable.Range(0, 6).Select(at => new Sample(at * 2, X: 6 + at % 2, Text: $"v{at % 3}") { Id = $"e{at}", Geo = new GeoPoint(32, 118.5) })];
        Sample[] after = [new Sample(12, X: 9, Text: "v9") { Id = "e9", Geo = new GeoPoint(32, 118.5) }];
        DetectorDriver lasting = new DetectorDriver(Detectors[name]()).Feed(before);
        string written = lasting.Stored("k");
        Assert.True(stored == written, $"the state of {name} is stored as {written}");
        int told = lasting.Findings.Count;
        var recovered = new DetectorDriver(Detectors[name]());
        recovered.Restore("k", stored);

        Assert.Equal(
            lasting.Feed(after).Until(20_000).Findings.Skip(told).Select(finding => finding.ToString()),
            recovered.Feed(after).Until(20_000).Findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public void A_format_of_the_future_is_refused() =>
        Assert.Equal(
            "a state of format 2, which this program does not know",
            Assert.Throws<InvalidDataException>(() => Detectors["hold"]().Read(new StateReader(new byte[] { 2 }))).Message);

    [Fact]
    public void Bytes_that_ask_for_more_than_is_ever_kept_are_refused()
    {
        var writer = new StateWriter();
        writer.Byte(1);
        writer.Bool(false);
        writer.Signed(0);
        writer.Count(int.MaxValue);

        Assert.Equal(
            "2147483647 where at most 100000 are kept",
            Assert.Throws<InvalidDataException>(() => Detectors["count"]().Read(new StateReader(writer.Written.ToArray()))).Message);
    }

    private static BaselineOptions Baseline(BaselineMethod method) =>
        new(Conditions.ValueOfX, method, Seconds.Of(1), Conditions.Own(BaselineNames.ScoreSlot, score => score > 4)) { HalfLife = Duration.FromHours(1) };
}
