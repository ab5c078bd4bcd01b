using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Detection.Hold;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Testing.Rules;

/// <summary>Rules made by hand, for tests of what comes behind the rule files. One event type, <c>test.value</c>, with one field, <c>value</c>.</summary>
public static class TestRules
{
    /// <summary>The type of the events.</summary>
    public const string EventType = "test.value";

    /// <summary>The slot of <c>event.value</c>.</summary>
    public const int ValueSlot = EventSlots.FirstField;

    /// <summary>The layout of the events.</summary>
    public static EventLayout Layout { get; } = MakeLayout();

    /// <summary>A rule set of these rules in an open city.</summary>
    public static RuleSet Set(params ImmutableArray<CompiledRule> rules) => new()
    {
        Hash = "test-rules",
        Rules = [.. rules.OrderBy(rule => rule.Id, StringComparer.Ordinal)],
        Layouts = new Dictionary<string, EventLayout> { [EventType] = Layout }.ToFrozenDictionary(),
        DeviceRecord = new CelRecordType("device", FrameRecords.Device, [new CelField("name", CelType.String, 0)]),
        ContextRecord = ContextRecord.Type,
        City = CityModel.Open,
        Devices = FrozenDictionary<string, CelValue[]>.Empty,
    };

    /// <summary><c>each</c> with <c>event.value &gt; limit</c> and <c>quiet</c>.</summary>
    public static CompiledRule EachAbove(string id, double limit, Duration quiet, params string[] units) =>
        Rule(id, new EachDetector(new EachOptions(Above(limit)) { Quiet = quiet }), Duration.Zero, LatePolicy.Admit, units);

    /// <summary><c>each</c> with <c>event.value &gt; limit</c>, a single shot.</summary>
    public static CompiledRule ShotAbove(string id, double limit, params string[] units) =>
        Rule(id, new EachDetector(new EachOptions(Above(limit)) { IsOnce = true }), Duration.Zero, LatePolicy.Admit, units);

    /// <summary><c>hold</c> with <c>event.value &gt; limit</c>.</summary>
    public static CompiledRule HoldAbove(string id, double limit, Duration holdFor, Duration lateness, params string[] units) =>
        Rule(id, new HoldDetector(new HoldOptions(Above(limit), holdFor)), lateness, LatePolicy.Drop, units);

    /// <summary>A rule around a detector: key and dedup key are the device's, severity yellow.</summary>
    public static CompiledRule Rule(string id, Detector detector, Duration lateness, LatePolicy late, params string[] units) => new()
    {
        Id = id,
        Name = LocalText.Both(id),
        Pack = "test",
        Owner = "tests",
        Lateness = lateness,
        Late = late,
        Detector = detector,
        Sources = [SourceSelector.Any with { Types = [EventType] }],
        Keys = [[Slot(EventSlots.Device)]],
        KeyIsDevice = [true],
        Base = new RuleVariant
        {
            Params = [],
            Stage = RuleStage.Live,
            Severity = new SeverityPlan(Severity.Yellow, []),
            Routes = [new RoutePlan(null, null, [.. units.Length == 0 ? ["unit"] : units], Continues: false)],
        },
        DedupKey = [_ => CelValue.Of(id), Slot(EventSlots.Device)],
        Title = new TitlePlan([new TitlePart(id, null, null, false)], [new TitlePart(id, null, null, false)]),
    };

    /// <summary><c>event.value &gt; limit</c>.</summary>
    public static CelCondition Above(double limit) => new(
        frame => Value(frame) is { IsDouble: true } value && value.AsDouble > limit,
        frame => Value(frame) is { IsDouble: true } value && value.AsDouble <= limit);

    /// <summary>An event.</summary>
    public static EventRecord Event(string id, string device, long timeTicks, double value, EventStatus status = EventStatus.Actual, string district = "D1")
    {
        var slots = new CelValue[Layout.Record.SlotCount];
        slots[EventSlots.Id] = CelValue.Of(id);
        slots[EventSlots.Source] = CelValue.Of("/test");
        slots[EventSlots.Type] = CelValue.Of(EventType);
        slots[EventSlots.Device] = CelValue.Of(device);
        slots[EventSlots.District] = CelValue.Of(district);
        slots[EventSlots.Time] = CelValue.Of(Instant.FromUnixTimeTicks(timeTicks));
        slots[ValueSlot] = CelValue.Of(value);
        return new EventRecord { Layout = Layout, Slots = slots, TimeTicks = timeTicks, Status = status };
    }

    private static CelFunction Slot(int slot) => frame => frame.Records[FrameRecords.Event][slot];

    private static CelValue Value(CelFrame frame) => frame.Records[FrameRecords.Event][ValueSlot];

    private static EventLayout MakeLayout()
    {
        var value = new CelField("value", CelType.Double, ValueSlot);
        var record = new CelRecordType(EventType, FrameRecords.Event, [.. EventLayout.CommonFields, value]);
        return new EventLayout(EventType, record, [new EventField(value, ["value"], IsSensitive: false)]);
    }
}
