using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders.Walks;

/// <summary>
/// A district to which anything happens: events, commands sensible and not, time, restarts, switches of the mode. The same seed walks the same way.
/// </summary>
internal sealed class OrderWalk
{
    private const int Devices = 12;

    private static readonly Duration Limit = Duration.FromMinutes(40);
    private static readonly ImmutableArray<string> Units = ["unit", "police", "water", "parks"];

    private readonly Random _random;
    private readonly RuleSet _rules = TestRules.Set(Rule()) with { City = CityModel.Open with { KeepEndedOrders = Duration.FromHours(2) } };
    private readonly RuleIndex _index;
    private readonly OrderModel _model = new(CityModel.Open.Levels, Limit);
    private readonly Dictionary<string, string> _outcomes = new(StringComparer.Ordinal);
    private DistrictKernel _kernel;
    private long _nowTicks = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();
    private long _sequence;
    private long _number;

    public OrderWalk(int seed)
    {
        _random = new Random(seed);
        _index = new RuleIndex(_rules.Rules);
        _kernel = NewKernel();
    }

    public OrderModel Model => _model;

    /// <summary>One thing happens.</summary>
    public void Step()
    {
        _nowTicks += _random.Next(0, 4) == 0 ? 0 : _random.Next(1, 8) * NodaConstants.TicksPerMinute;
        switch (_random.Next(100))
        {
            case < 35:
                Take(new BatchStep(_nowTicks, Event(), null, 0));
                break;
            case < 85:
                Take(new BatchStep(_nowTicks, null, null, 0, Command: Command()));
                break;
            case < 97:
                Take(new BatchStep(_nowTicks, null, null, 0));
                break;
            case < 98:
                Take(new BatchStep(_nowTicks, null, null, 0, Change: new ContextChange(_nowTicks, _random.Next(3) == 0 ? "emergency" : "normal", null, null, null)));
                break;
            default:
                Restart();
                break;
        }
    }

    /// <summary>Asks after every order that did not end: one that is lost would be unknown to the engine.</summary>
    /// <returns>How many were asked after.</returns>
    public int AskAfterOpenOrders()
    {
        // What was commanded last has not happened yet.
        Take(new BatchStep(_nowTicks, null, null, 0));
        WorkOrder[] open = [.. _model.Orders.Where(order => order.IsOpen)];
        _outcomes.Clear();
        foreach (WorkOrder order in open)
        {
            OrderVerb verb = order.Status is OrderStatus.Resolved or OrderStatus.Verified ? OrderVerb.Close : OrderVerb.Extend;
            string id = NextId();
            long laterTicks = _nowTicks - order.DispatchedAtTicks + NodaConstants.TicksPerHour;
            Take(new BatchStep(_nowTicks, null, null, 0, Command: new OrderCommand(id, verb, _nowTicks, "auditor", "asks") { Order = order.Id, UntilTicks = order.Deadlines.ResolveByTicks + laterTicks }));
            Take(new BatchStep(_nowTicks, null, null, 0));
            Assert.True(_outcomes.GetValueOrDefault(id) == "accepted", $"{order.Id}, {order.Status}, is lost: {_outcomes.GetValueOrDefault(id)}");
        }

        _model.ForgetEnded(_nowTicks);
        return open.Length;
    }

    private EventRecord Event() =>
        TestRules.Event($"e{(++_number).ToString(CultureInfo.InvariantCulture)}", $"dev-{_random.Next(Devices)}", _nowTicks, _random.Next(4) == 0 ? 30 : 9);

    private OrderCommand Command()
    {
        OrderVerb verb = (OrderVerb)_random.Next(Enum.GetValues<OrderVerb>().Length);
        WorkOrder? order = _model.Orders.Count == 0 ? null : _model.Orders.ElementAt(_random.Next(_model.Orders.Count));
        return new OrderCommand(_random.Next(20) == 0 ? $"c{_number}" : NextId(), verb, _nowTicks, "officer", "walks")
        {
            Order = _random.Next(4) == 0 ? null : order?.Id ?? "nothing",
            Key = _random.Next(4) == 0 ? $"dev-{_random.Next(Devices)}" : null,
            Unit = _random.Next(3) == 0 ? Units[_random.Next(Units.Length)] : null,
            ToUnit = verb == OrderVerb.Reassign ? Units[_random.Next(Units.Length)] : null,
            UntilTicks = verb == OrderVerb.Extend ? _nowTicks + (_random.Next(-10, 300) * NodaConstants.TicksPerMinute) : null,
        };
    }

    private string NextId() => $"c{(++_number).ToString(CultureInfo.InvariantCulture)}";

    private void Restart()
    {
        ReadOnlyMemory<byte> snapshot = _kernel.EncodeSnapshot();
        _kernel = NewKernel();
        _kernel.Restore(snapshot);
    }

    private void Take(BatchStep step)
    {
        if (step.Event is { } @event)
            step = step with { Bucket = _index.Find(@event.Type, @event.District) };
        DistrictResult result = _kernel.Evaluate(new DistrictBatch("D1", ++_sequence, 0, [step]));
        foreach (Output reply in result.Outputs.Where(output => output.Kind == OutputKind.Reply))
        {
            using JsonDocument message = JsonDocument.Parse(reply.Value);
            JsonElement data = message.RootElement.GetProperty("data");
            _outcomes[reply.Key] = data.GetProperty("outcome").GetString() + (data.TryGetProperty("reason", out JsonElement reason) ? $": {reason.GetString()}" : "");
        }
    }

    private DistrictKernel NewKernel() => new("D1", _rules, _index, new KernelOptions(PeopleClock.Event), _model);

    private static CompiledRule Rule()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(25), "unit", "police", "water");
        return rule with
        {
            Reopen = Duration.FromMinutes(30),
            Base = rule.Base with
            {
                Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Red)]),
                Sla = new SlaPlan("walk", null, null, new SlaLimit(Limit, SlaUnit.Hours), null),
            },
            Escalations =
            [
                new EscalationStep(Duration.FromMinutes(5), "acknowledged", "street", null),
                new EscalationStep(new LimitTrigger(SlaStage.Resolve, 50), "resolved", "district", Severity.Orange),
                new EscalationStep(new LimitTrigger(SlaStage.Resolve, 100), "resolved", "city", null),
                new EscalationStep(new SeverityTrigger(Severity.Red), "closed", "district", null),
                new EscalationStep(new RecurrenceTrigger(3, Duration.FromHours(12)), "closed", "street", null),
                new EscalationStep(new ModeTrigger("emergency"), "closed", "city", null),
            ],
        };
    }
}
