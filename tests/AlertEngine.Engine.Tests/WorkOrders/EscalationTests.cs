using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: each trigger of DOMAIN §5 moves an order up once, at its own instant, and nothing else does. Method: a district's kernel, one rule with
/// the steps in question; the revisions are read as texts of operation, level, reason.
/// </summary>
public sealed class EscalationTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void A_share_of_a_limit_and_its_end_are_steps_at_their_instants()
    {
        CompiledRule rule = Rule(Step(new LimitTrigger(SlaStage.Resolve, 75), "resolved", "street"), Step(new LimitTrigger(SlaStage.Resolve, 100), "resolved", "city"));
        KernelRun run = Opened(WithSla(rule, new SlaLimit(Duration.FromMinutes(40), SlaUnit.Hours))).Pass(At(29.9));
        Assert.Equal(["dispatched grid"], Story(run));

        run.Pass(At(30)).Pass(At(120));
        Assert.Equal(["dispatched grid", "escalated street: 75% of the limit to resolve is gone", "escalated city: overdue: the limit to resolve has passed"], Story(run));
        Assert.Equal("2026-07-01T00:40:00Z", TimeOf(run, 2));
    }

    [Fact]
    public void A_share_of_work_hours_is_counted_in_work_hours()
    {
        // 08:00 in Nanjing; business opens at nine, so half of two work hours are gone at ten.
        CompiledRule rule = WithSla(Rule(Step(new LimitTrigger(SlaStage.Resolve, 50), "resolved", "street")), new SlaLimit(Duration.FromHours(2), SlaUnit.WorkHours));
        KernelRun run = Opened(rule).Pass(At(119.9));
        Assert.Equal(["dispatched grid"], Story(run));
        Assert.Equal(["dispatched grid", "escalated street: 50% of the limit to resolve is gone"], Story(run.Pass(At(120))));
    }

    [Fact]
    public void An_extension_puts_off_the_share_and_the_end_of_its_limit()
    {
        CompiledRule rule = Rule(Step(new LimitTrigger(SlaStage.Resolve, 50), "resolved", "street"), Step(new LimitTrigger(SlaStage.Resolve, 100), "resolved", "city"));
        KernelRun run = Opened(WithSla(rule, new SlaLimit(Duration.FromMinutes(40), SlaUnit.Hours)))
            .Command(Command("c1", OrderVerb.Extend, 10) with { UntilTicks = At(100) }).Pass(At(99.9));

        Assert.Equal(["dispatched grid", "updated grid", "escalated street: 50% of the limit to resolve is gone"], Story(run));
        Assert.Equal("2026-07-01T00:50:00Z", TimeOf(run, 2));
        Assert.Equal("escalated city: overdue: the limit to resolve has passed", Story(run.Pass(At(100)))[^1]);
    }

    [Fact]
    public void A_rise_of_the_severity_is_a_step_at_the_instant_of_the_rise()
    {
        CompiledRule rule = Raised(Rule(Step(new SeverityTrigger(Severity.Red), "closed", "city")));
        KernelRun run = Opened(rule).Events(TestRules.Event("e2", "dev-1", At(3), 30));

        Assert.Equal(["dispatched grid", "updated grid", "escalated city: severity is red"], Story(run));
        Assert.Equal("2026-07-01T00:03:00Z", TimeOf(run, 2));
    }

    [Fact]
    public void What_is_grave_from_the_start_moves_up_at_once() => Assert.Equal(
        ["dispatched grid", "escalated city: severity is red"],
        Story(new KernelRun(TestRules.Set(Raised(Rule(Step(new SeverityTrigger(Severity.Red), "closed", "city"))))).Events(TestRules.Event("e1", "dev-1", At(0), 30))));

    [Fact]
    public void The_third_incident_of_a_place_within_a_day_moves_up()
    {
        CompiledRule rule = Rule(Step(new RecurrenceTrigger(3, Duration.FromHours(24)), "closed", "district"));
        KernelRun run = new KernelRun(TestRules.Set(rule));
        foreach (int hours in (int[])[0, 6, 12, 40])
            run.Events(TestRules.Event($"e{hours}", "dev-1", At(hours * 60), 9)).Events(TestRules.Event($"o{hours}", "dev-2", At(hours * 60), 9));

        Assert.Equal(["dev-1", "dev-2"], run.Orders.Where(order => order.GetProperty("operation").GetString() == "escalated").Select(order => order.GetProperty("key").GetString()));
    }

    [Fact]
    public void A_place_is_remembered_over_a_restart_and_a_snapshot()
    {
        CompiledRule rule = Rule(Step(new RecurrenceTrigger(3, Duration.FromHours(24)), "closed", "district"));
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Recover()
            .Events(TestRules.Event("e2", "dev-1", At(200), 9)).RestoreSnapshot().Events(TestRules.Event("e3", "dev-1", At(400), 9));

        Assert.Equal("escalated district: the same place again: 3 times within 24h", Story(run)[^1]);
    }

    [Fact]
    public void Events_of_a_second_district_move_an_order_of_the_city_up()
    {
        CompiledRule rule = Rule(Step(new DistrictsTrigger(2), "closed", "city")) with { DedupKey = [_ => CelValue.Of("one")], Keys = [[_ => CelValue.Of("one")]], KeyIsDevice = [false] };
        KernelRun run = Opened(rule).Events(TestRules.Event("e2", "dev-2", At(1), 9), TestRules.Event("e3", "dev-3", At(2), 9, district: "D2"), TestRules.Event("e4", "dev-4", At(3), 9, district: "D2"));

        Assert.Equal(["dispatched grid", "updated grid", "escalated city: 2 districts: D1, D2"], Story(run));
    }

    [Fact]
    public void A_switch_of_the_mode_moves_open_orders_up_and_those_that_open_under_it()
    {
        KernelRun run = Opened(Rule(Step(new ModeTrigger("emergency"), "closed", "city")))
            .Switch(At(1), new ContextChange(At(5), "emergency", null, null, null)).Pass(At(4.9));
        Assert.Equal(["dispatched grid"], Story(run));

        run.Pass(At(5)).Events(TestRules.Event("e2", "dev-2", At(6), 9)).Pass(At(7));
        Assert.Equal(["dispatched grid", "escalated city: mode is emergency", "dispatched grid", "escalated city: mode is emergency"], Story(run));
    }

    [Fact]
    public void Each_level_is_told_once_whichever_trigger_comes_first()
    {
        CompiledRule rule = Raised(Rule(
            Step(new ElapsedTrigger(Duration.FromMinutes(5)), "resolved", "district"), Step(new SeverityTrigger(Severity.Red), "closed", "district"),
            Step(new LimitTrigger(SlaStage.Resolve, 100), "resolved", "district")));
        KernelRun run = Opened(WithSla(rule, new SlaLimit(Duration.FromMinutes(10), SlaUnit.Hours))).Events(TestRules.Event("e2", "dev-1", At(3), 30)).Pass(At(60));

        Assert.Equal(["dispatched grid", "updated grid", "escalated district: severity is red"], Story(run));
    }

    [Fact]
    public void After_an_outage_each_overdue_step_is_taken_once_in_the_order_of_their_instants()
    {
        CompiledRule rule = Rule(
            Step(new LimitTrigger(SlaStage.Resolve, 100), "resolved", "city"), Step(new ElapsedTrigger(Duration.FromMinutes(5)), "acknowledged", "street"),
            Step(new ElapsedTrigger(Duration.FromMinutes(20)), "resolved", "district"));
        KernelRun run = Opened(WithSla(rule, new SlaLimit(Duration.FromHours(1), SlaUnit.Hours))).Recover().Pass(At(100)).Recover().Pass(At(170));

        Assert.Equal(
            ["dispatched grid", "escalated street: not acknowledged within 5m", "escalated district: not resolved within 20m", "escalated city: overdue: the limit to resolve has passed"],
            Story(run));
    }

    [Fact]
    public void The_unit_that_gets_a_reassigned_order_has_its_own_time_to_acknowledge_it()
    {
        KernelRun run = Opened(Rule(Step(new ElapsedTrigger(Duration.FromMinutes(5)), "acknowledged", "street"), Step(new ElapsedTrigger(Duration.FromMinutes(30)), "resolved", "city")))
            .Command(Command("c1", OrderVerb.Acknowledge, 1)).Command(Command("c2", OrderVerb.Reassign, 20) with { ToUnit = "other" }).Pass(At(24.9));
        Assert.DoesNotContain(Story(run), line => line.StartsWith("escalated", StringComparison.Ordinal));

        run.Pass(At(25)).Pass(At(30));
        Assert.Equal(["escalated street: not acknowledged within 5m", "escalated city: not resolved within 30m"], Story(run)[^2..]);
    }

    [Fact]
    public void Who_is_on_duty_at_the_level_gets_the_order_from_then_on()
    {
        CityModel city = CityModel.Open with
        {
            Duties = [new DutyPlan("district", "D1", null, [new DutyPeriod(new LocalDate(2026, 6, 29), new LocalDate(2026, 7, 2), "centre-d1")]), new DutyPlan("city", null, null, [new DutyPeriod(new LocalDate(2026, 7, 1), new LocalDate(2026, 7, 2), "centre-city")])],
        };
        CompiledRule rule = Rule(Step(new ElapsedTrigger(Duration.FromMinutes(5)), "resolved", "district"), Step(new ElapsedTrigger(Duration.FromMinutes(9)), "resolved", "city"));
        KernelRun run = new KernelRun(TestRules.Set(rule) with { City = city }).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Pass(At(60));

        Assert.Equal(
            ["unit", "unit", "centre-d1", "unit", "centre-city"],
            run.Outputs.Where(output => output.Kind == OutputKind.WorkOrder).Select(output => output.Topic.Split('.')[2]));
        Assert.Equal("centre-city", run.Orders[^1].GetProperty("commandUnit").GetString());
    }

    [Fact]
    public void A_step_that_raises_the_severity_asks_the_routes_again()
    {
        var red = new CelCondition(IsRed, frame => !IsRed(frame));
        CompiledRule rule = Rule(new EscalationStep(new ElapsedTrigger(Duration.FromMinutes(10)), "acknowledged", "street", Severity.Red));
        rule = rule with { Base = rule.Base with { Routes = [new RoutePlan(null, null, ["gate"], Continues: true), new RoutePlan(null, null, ["pumps"], Continues: true), new RoutePlan(red, "alert.severity == 'red'", ["brigade"], Continues: false)] } };
        KernelRun run = Opened(rule).Pass(At(11));

        string[] told = [.. run.Orders.Select(order => $"{order.GetProperty("lead").GetString()} {order.GetProperty("operation").GetString()} {order.GetProperty("severity").GetString()}")];
        Assert.Equal(["gate dispatched yellow", "pumps dispatched yellow", "gate escalated red", "pumps updated red", "brigade dispatched red"], told[..5]);
        Assert.Equal("2026-07-01T00:10:00Z", TimeOf(run, 4));
    }

    [Fact]
    public void A_rise_within_a_step_gives_each_order_one_message_a_revision()
    {
        CompiledRule rule = Rule(new EscalationStep(new SeverityTrigger(Severity.Orange), "closed", "city", Severity.Red));
        rule = rule with { Base = rule.Base with { Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Orange)]), Routes = [.. new[] { "gate", "pumps" }.Select(unit => new RoutePlan(null, null, [unit], Continues: true))] } };
        KernelRun run = Opened(rule).Events(TestRules.Event("e2", "dev-1", At(3), 30));

        foreach (var order in run.Orders.GroupBy(order => order.GetProperty("lead").GetString()))
        {
            int[] revisions = [.. order.Select(message => message.GetProperty("revision").GetInt32())];
            Assert.Equal(Enumerable.Range(1, revisions.Length), revisions);
            Assert.Equal("red", order.Last().GetProperty("severity").GetString());
        }
    }

    [Fact]
    public void A_rise_within_a_step_leaves_the_event_to_the_rules_behind_it()
    {
        CompiledRule rising = Rule(new EscalationStep(new SeverityTrigger(Severity.Yellow), "closed", "city", Severity.Red)) with { Id = "a-rising" };
        CompiledRule behind = TestRules.EachAbove("b-behind", 5, Duration.FromHours(3)) with
        {
            Evidence = new EvidencePlan(1, [new EvidenceField("value", frame => frame.Records[FrameRecords.Event][TestRules.ValueSlot], IsSensitive: false)]),
        };
        KernelRun run = new KernelRun(TestRules.Set(rising, behind)).Events(TestRules.Event("e1", "dev-1", At(0), 9));

        JsonElement told = run.Orders.Last(order => order.GetProperty("rule").GetProperty("id").GetString() == "b-behind");
        Assert.Equal(9, told.GetProperty("evidence")[0].GetProperty("value").GetDouble());
    }

    private static bool IsRed(CelFrame frame) => frame.Records[FrameRecords.Alert][AlertRecord.Severity].AsString == "red";

    private static string[] Story(KernelRun run) =>
    [
        .. run.Orders.Select(order => $"{order.GetProperty("operation").GetString()} {order.GetProperty("commandLevel").GetString()}"
            + (order.GetProperty("operation").GetString() == "escalated" ? $": {order.GetProperty("escalationReason").GetString()}" : "")),
    ];

    private static string TimeOf(KernelRun run, int order) =>
        JsonDocument.Parse(run.Outputs.Where(output => output.Kind == OutputKind.WorkOrder).ElementAt(order).Value).RootElement.GetProperty("time").GetString()!;

    private static KernelRun Opened(CompiledRule rule) => new KernelRun(TestRules.Set(rule)).Events(TestRules.Event("e1", "dev-1", At(0), 9));

    private static CompiledRule Rule(params ImmutableArray<EscalationStep> steps) => TestRules.EachAbove("high", 5, Duration.FromHours(3)) with { Escalations = steps };

    private static EscalationStep Step(EscalationTrigger trigger, string until, string to) => new(trigger, until, to, null);

    private static CompiledRule WithSla(CompiledRule rule, SlaLimit resolve) => rule with { Base = rule.Base with { Sla = new SlaPlan("test", null, null, resolve, null) } };

    private static CompiledRule Raised(CompiledRule rule) =>
        rule with { Base = rule.Base with { Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Red)]) } };

    private static OrderCommand Command(string id, OrderVerb verb, double minutes) => new(id, verb, At(minutes), "officer", "seen");

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
