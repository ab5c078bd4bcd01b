using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: alerts, orders and districts that a release has stored are read by every later one, and nothing of them is forgotten. Method: samples in
/// which every property has a value of its own, compared property by property; and the very bytes. A change that breaks the bytes needs a new version,
/// and then new bytes here.
/// </summary>
public sealed class StoredStatesTests
{
    private const string AlertBytes =
        "0603613102056869676805574C2D310A686967687C574C2D310103020101011401283C02030401056869676805574C2D3102690107E6B0B4E4BD8D067761746572032F7303653101"
        + "032F7303653201037B7D045B315D07333230313036027302670100000000000040400000000000805D400207333230313036073332303130320107333230313032036132036F3278"
        + "010F6576656E742E64697374726963740733323031303603676B06666C6F6F64036D635064";
    private const string OrderBytes =
        "04036F310603613102056869676805574C2D310A686967687C574C2D310103020101011401283C02030401056869676805574C2D3102690107E6B0B4E4BD8D067761746572032F73"
        + "03653101032F7303653201037B7D045B315D07333230313036027302670100000000000040400000000000805D400207333230313036073332303130320107333230313032036132"
        + "036F3278010F6576656E742E64697374726963740733323031303603676B06666C6F6F64036D63506405020109647261696E6167650107706F6C6963650477687902096469737472"
        + "6963740763656E7472650601086F766572647565788C0101A00101B40101C80101DC0101F00105323032360102730180F882AD160100018080CEA6A532020463616CD402E8020107"
        + "706F6C6963650201AC020363310004626F62057365656EC00209647261696E6167650109647261696E61676501840201980201FC02036F30";
    private const string DistrictBytes =
        "070B746573742D72756C6573018080BAA0B7C3AB3F0100028080BAA0B7C3AB3F8080BAA0B7C3AB3F018080BAA0B7C3AB3F8080BAA0B7C3AB3F076E6F726D616C00010200FFFFFFFF"
        + "FFFFFFFFFF010000808C8D9E028080BAA0B7C3AB3F062F746573740365310105686F6C64066465762D31011B01018080BAA0B7C3AB3F8080BAA0B7C3AB3F80F8BCCDCDC3AB3F0029"
        + "0703653107062F74657374070B746573742E76616C756500000008B6C2020000060000000000004E4000000100000401000000000000000001FFFFFFFFFFFFFFFFFF0100";

    [Fact]
    public void Every_property_of_an_alert_is_stored()
    {
        Alert alert = SampleAlert();
        RequireNothingLeftOut(alert);
        RequireSame(alert, AlertCodec.Read(new StateReader(Bytes(writer => AlertCodec.Write(writer, alert)))));
    }

    [Fact]
    public void Every_property_of_an_order_is_stored()
    {
        WorkOrder order = SampleOrder();
        RequireNothingLeftOut(order);
        RequireSame(order, OrderCodec.Read(new StateReader(Bytes(writer => OrderCodec.Write(writer, order)))));
    }

    [Fact]
    public void The_bytes_of_an_alert_are_these() => RequireBytes(AlertBytes, Bytes(writer => AlertCodec.Write(writer, SampleAlert())));

    [Fact]
    public void The_bytes_of_an_order_are_these() => RequireBytes(OrderBytes, Bytes(writer => OrderCodec.Write(writer, SampleOrder())));

    [Fact]
    public void The_bytes_of_a_district_are_these_and_are_read_as_what_they_were()
    {
        KernelRun run = SampleDistrict();
        RequireBytes(DistrictBytes, run.Kernel.EncodeSnapshot().Span);
        RequireBytes(DistrictBytes, run.RestoreSnapshot().Kernel.EncodeSnapshot().Span);
    }

    [Fact]
    public void Versions_of_the_future_are_refused_by_name()
    {
        byte[] future = [99];
        Assert.Equal("an alert of version 99", Assert.Throws<InvalidDataException>(() => AlertCodec.Read(new StateReader(future))).Message);
        Assert.Equal("an order of version 99", Assert.Throws<InvalidDataException>(() => OrderCodec.Read(new StateReader(future))).Message);
        Assert.Equal("a district's state of version 99", Assert.Throws<InvalidDataException>(() => SampleDistrict().Kernel.Restore(future)).Message);
    }

    private static Alert SampleAlert() => new()
    {
        Id = "a1",
        Revision = 2,
        RuleId = "high",
        Key = "WL-1",
        DedupKey = "high|WL-1",
        Status = AlertStatus.Cleared,
        Severity = Severity.Red,
        SeverityFloor = Severity.Orange,
        EventStatus = EventStatus.Exercise,
        IsLate = true,
        IsShadow = true,
        OpenedAtTicks = 10,
        EndedAtTicks = 20,
        KeptUntilTicks = 30,
        Reason = ClearReason.Quiet,
        MergedCount = 3,
        ReopenedCount = 4,
        Contributors = [new Contributor("high", "WL-1", "i", Severity.Yellow)],
        Title = new LocalText("水位", "water"),
        OpenedBy = new EventReference("/s", "e1"),
        RelatedEvents = [new EventReference("/s", "e2")],
        Districts = ["320106", "320102"],
        Children = [new ChildAlert("320102", "a2", "o2", 60)],
        Evidence = ["{}"],
        Conditions = "[1]",
        Place = new AlertPlace("320106", "s", "g", new GeoPoint(32, 118)),
        Labels = [new AlertLabel("event.district", "320106")],
        GroupKey = "gk",
        BundledBy = "flood",
        MergeClass = "mc",
        LastJoinedAtTicks = 40,
        JoinableUntilTicks = 50,
    };

    private static WorkOrder SampleOrder() => new()
    {
        Id = "o1",
        Alert = SampleAlert(),
        Revision = 5,
        Operation = OrderOperation.Escalated,
        Status = OrderStatus.Acknowledged,
        Lead = "drainage",
        CoHandlers = ["police"],
        RouteReason = "why",
        Episode = 2,
        CommandLevel = "district",
        CommandUnit = "centre",
        EscalationsTaken = 3,
        EscalationSequence = 1,
        EscalationReason = "overdue",
        EscalationStartTicks = 60,
        HandedOverTicks = 70,
        OpeningsTicks = [80],
        NextEscalationTicks = 90,
        Deadlines = new OrderDeadlines(100, 110, 120, new SlaPlan("s", new SlaLimit(Duration.FromMinutes(5), SlaUnit.WorkHours), null, new SlaLimit(Duration.FromDays(1), SlaUnit.Workdays), "cal"), "2026"),
        Deliveries = [new OrderDelivery("drainage", 1, 130, (DeliveryStatus)1, 140)],
        ReturnedBy = ["police"],
        SuspendedFrom = OrderStatus.Arrived,
        SuspendedAtTicks = 150,
        LastCommand = new OrderFeedback("c1", OrderVerb.Acknowledge, "bob", "seen", 160, "drainage"),
        DispatchedAtTicks = 170,
        RevisedAtTicks = 180,
        KeptUntilTicks = 190,
        ParentId = "o0",
    };

    // An alert with its order, a pending hold of another class, and a mark of how far that class has come.
    private static KernelRun SampleDistrict()
    {
        long start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();
        CompiledRule hold = TestRules.HoldAbove("hold", 50, Duration.FromMinutes(5), Duration.FromSeconds(30));
        return new KernelRun(TestRules.Set(TestRules.EachAbove("each", 90, Duration.FromMinutes(3)), hold))
            .Events(TestRules.Event("e1", "dev-1", start, 60), TestRules.Event("e2", "dev-2", start + NodaConstants.TicksPerMinute, 10));
    }

    // The whole of them in the message: assertions cut long texts, and a new version needs its bytes here.
    private static void RequireBytes(string expected, ReadOnlySpan<byte> actual)
    {
        string hex = Convert.ToHexString(actual);
        Assert.True(expected == hex, $"the bytes are {hex}");
    }

    private static byte[] Bytes(Action<StateWriter> write)
    {
        var writer = new StateWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    private static IEnumerable<PropertyInfo> Stored(object sample) => sample.GetType().GetProperties().Where(property => property.CanWrite);

    private static void RequireNothingLeftOut(object sample)
    {
        foreach (PropertyInfo property in Stored(sample))
        {
            object? value = property.GetValue(sample);
            object? unset = property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;
            Assert.False(Equals(value, unset) || value is IEnumerable items and not string && !items.Cast<object>().Any(), $"the sample does not set {property.Name}");
        }
    }

    private static void RequireSame(object expected, object actual)
    {
        foreach (PropertyInfo property in Stored(expected))
        {
            (object? one, object? other) = (property.GetValue(expected), property.GetValue(actual));
            if (one is IEnumerable items and not string)
                Assert.Equal(items.Cast<object>(), ((IEnumerable)other!).Cast<object>());
            else if (one is Alert)
                RequireSame(one, other!);
            else
                Assert.True(Equals(one, other), $"{property.Name} is {other} and was {one}");
        }
    }
}
