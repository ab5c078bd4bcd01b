using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders.Centre;

/// <summary>
/// Goal: an order that a district raises to the city is known to the centre, and what the centre decides about it reaches the district once. Method:
/// the kernels of two districts and of the city, each reading with a lane's decoder what the others say.
/// </summary>
public sealed class CentreCommandTests
{
    private const string City = "320100", Owner = "320104", Other = "320102";
    private static readonly long Now = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();
    private static readonly RuleSet Rules = MakeRules();
    private readonly Dictionary<string, DistrictKernel> _kernels = [];
    private long _sequence;

    [Fact]
    public void The_centres_command_about_an_order_that_was_raised_to_it_reaches_the_owner_and_no_other_once()
    {
        string order = Raise(PeopleClock.Wall);
        ImmutableArray<Output> said = Command(City, Acknowledge("c-1", order));
        Assert.Equal("c-1 accepted", Outcome(Assert.Single(said, output => output.Kind == OutputKind.Reply)));
        Output record = Assert.Single(said, output => output.Kind == OutputKind.Rekeyed);
        Assert.Equal((LaneTopics.Commands, Owner), (record.Topic, record.Key));

        ImmutableArray<Output> taken = Give(Owner, record, InputKind.Commands);
        Assert.Equal("c-1@320104 accepted", Outcome(Assert.Single(taken, output => output.Kind == OutputKind.Reply)));
        Assert.Equal("acknowledged", Data(taken.First(output => output.Kind == OutputKind.WorkOrder)).GetProperty("status").GetString());

        Assert.Equal("c-1@320104 repeated", Outcome(Assert.Single(Give(Owner, record, InputKind.Commands))));
        Assert.Equal("c-1 repeated", Outcome(Assert.Single(Command(City, Acknowledge("c-1", order)))));
    }

    [Theory]
    [InlineData(OrderVerb.Reassign, "fire-rescue", "dispatched")]
    [InlineData(OrderVerb.Close, null, "closed")]
    public void Whatever_the_centre_decides_says_there_what_it_said_here(OrderVerb verb, string? to, string status)
    {
        string order = Raise(PeopleClock.Wall);
        Hand(Command(City, Acknowledge("c-1", order)));
        ImmutableArray<Output> taken = Hand(Command(City, new OrderCommand("c-2", verb, Now, "wang", "the city decides") { Order = order, ToUnit = to }));
        JsonElement revision = Data(taken.First(output => output.Kind == OutputKind.WorkOrder));
        Assert.Equal((status, "wang", "the city decides"), (revision.GetProperty("status").GetString(), revision.GetProperty("lastCommand").GetProperty("actor").GetString(), revision.GetProperty("lastCommand").GetProperty("reason").GetString()));
        Assert.Equal(to ?? "unit", revision.GetProperty("lead").GetString());
    }

    [Fact]
    public void An_order_that_was_not_raised_to_the_city_is_the_districts_own()
    {
        string order = Data(Open(Owner, PeopleClock.Wall).First(output => output.Kind == OutputKind.WorkOrder)).GetProperty("workOrderId").GetString()!;
        Kernel(City, PeopleClock.Wall);
        JsonElement reply = Data(Assert.Single(Command(City, Acknowledge("c-1", order))));
        Assert.Equal(("refused", $"no order '{order}': it is unknown, or ended more than 1h ago"), (reply.GetProperty("outcome").GetString(), reply.GetProperty("reason").GetString()));
    }

    [Fact]
    public void What_was_raised_is_remembered_through_a_recovery()
    {
        string order = Raise(PeopleClock.Wall);
        ReadOnlyMemory<byte> snapshot = Kernel(City, PeopleClock.Wall).EncodeSnapshot();
        _kernels.Remove(City);
        Kernel(City, PeopleClock.Wall).Restore(snapshot);
        Assert.Equal(Owner, Assert.Single(Command(City, Acknowledge("c-1", order)), output => output.Kind == OutputKind.Rekeyed).Key);
    }

    [Fact]
    public void In_a_replay_each_district_is_asked_at_its_time_and_only_the_owner_says_something()
    {
        string order = Raise(PeopleClock.Event);
        OrderCommand copy = Acknowledge("c-1@x", order, Now + (20 * NodaConstants.TicksPerMinute)) with { IsForOwner = true };
        Open(Other, PeopleClock.Event);
        Assert.Empty(Say(Other, copy).AddRange(Pass(Other)).Where(output => output.Kind == OutputKind.Reply));
        Assert.Equal("c-1@x accepted", Outcome(Assert.Single(Say(Owner, copy).AddRange(Pass(Owner)), output => output.Kind == OutputKind.Reply)));
        ImmutableArray<Output> city = Say(City, Acknowledge("c-1", order, copy.AtTicks)).AddRange(Pass(City));
        Assert.Equal("c-1 accepted", Outcome(Assert.Single(city, output => output.Kind is OutputKind.Reply or OutputKind.Rekeyed)));
    }

    /// <summary>An order of the owner that nobody took; the centre has been told.</summary>
    private string Raise(PeopleClock clock)
    {
        Open(Owner, clock);
        ImmutableArray<Output> escalated = Take(Owner, Now + (10 * NodaConstants.TicksPerMinute) + 1, null);
        Assert.Equal("city", Data(Assert.Single(escalated, output => output.Kind == OutputKind.WorkOrder)).GetProperty("commandLevel").GetString());
        Output report = Assert.Single(escalated, output => output.Kind == OutputKind.City);
        Assert.Equal(LaneTopics.ReportKey, report.Key);
        Kernel(City, clock);
        Assert.Empty(Give(City, report, InputKind.Lanes));
        return Data(report).GetProperty("workOrderId").GetString()!;
    }

    private ImmutableArray<Output> Open(string district, PeopleClock clock)
    {
        Kernel(district, clock);
        EventRecord @event = TestRules.Event("e-1", "dev-1", Now, 99);
        return Evaluate(district, Now, new BatchStep(Now, @event, new RuleIndex(Rules.Rules).Find(@event.Type, district), 0));
    }

    private ImmutableArray<Output> Command(string district, OrderCommand command) => Say(district, command);

    private ImmutableArray<Output> Hand(ImmutableArray<Output> said) => Give(Owner, Assert.Single(said, output => output.Kind == OutputKind.Rekeyed), InputKind.Commands);

    private ImmutableArray<Output> Give(string district, Output record, InputKind kind)
    {
        CommandReading reading = new CommandDecoder(Rules.City, [new InputDescription("t", "1", 0, kind)]).Decode(
            new InputRecord(0, 0, 1, default, default, record.Value), new TimeBounds(Now + NodaConstants.TicksPerDay, Now));
        Assert.Equal(district, reading.District);
        return Say(district, reading.Command!);
    }

    private ImmutableArray<Output> Say(string district, DistrictCommand command) => Take(district, Now + (11 * NodaConstants.TicksPerMinute), command);

    private ImmutableArray<Output> Pass(string district) => Take(district, Now + NodaConstants.TicksPerHour, null);

    private ImmutableArray<Output> Take(string district, long ticks, DistrictCommand? command) => Evaluate(district, ticks, new BatchStep(ticks, null, null, 0, Command: command));

    private ImmutableArray<Output> Evaluate(string district, long nowTicks, BatchStep step) => _kernels[district].Evaluate(new DistrictBatch(district, ++_sequence, nowTicks, [step])).Outputs;

    private DistrictKernel Kernel(string district, PeopleClock clock)
    {
        if (!_kernels.TryGetValue(district, out DistrictKernel? kernel))
        {
            bool isCity = district == City;
            RuleIndex cityIndex = CityCentre.IndexOf(Rules);
            _kernels[district] = kernel = new DistrictKernel(
                district, Rules, isCity ? cityIndex : new RuleIndex(Rules.Rules), new KernelOptions(clock) { CityIndex = isCity ? null : cityIndex, Broadcasts = isCity && clock == PeopleClock.Wall });
        }

        return kernel;
    }

    private static OrderCommand Acknowledge(string id, string order, long? atTicks = null) => new(id, OrderVerb.Acknowledge, atTicks ?? Now, "wang", "the city takes it") { Order = order };

    private static JsonElement Data(Output output) => JsonElement.Parse(output.Value.Span).GetProperty("data");

    private static string Outcome(Output reply) => $"{Data(reply).GetProperty("commandId")} {Data(reply).GetProperty("outcome")}";

    private static RuleSet MakeRules()
    {
        CompiledRule rule = TestRules.EachAbove("high", 90, Duration.FromHours(9));
        return TestRules.Set(rule with { Escalations = [new EscalationStep(new ElapsedTrigger(Duration.FromMinutes(10)), "acknowledged", "city", null)] }) with
        {
            City = CityModel.Open with
            {
                Code = City,
                KeepEndedOrders = Duration.FromHours(1),
                Districts = new[] { Owner, Other }.ToFrozenDictionary(code => code, code => new District(code, LocalText.Both(code), []), StringComparer.Ordinal),
            },
        };
    }
}
