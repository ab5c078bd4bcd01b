using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: the kernel turns detections into alerts and orders, once each, with ids that depend on the input alone.
/// Method: rules made by hand, events as steps, messages read as JSON.
/// </summary>
public sealed class DistrictKernelTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);

    [Fact]
    public void An_opening_is_one_alert_and_one_order()
    {
        KernelRun run = new KernelRun(TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromMinutes(10)))).Events(TestRules.Event("e1", "dev-1", At(0), 9));

        Assert.Equal(["city.alert.opened.v1", "city.workorder.dispatched.v1"], run.Types);
        Assert.Equal("unit", run.Orders[0].GetProperty("lead").GetString());
        Assert.Equal("e1", run.Orders[0].GetProperty("causationid").GetString());
        Assert.Equal("2026-07-01T00:00:00Z", run.Orders[0].GetProperty("dispatchedAt").GetString());
    }

    [Fact]
    public void Matches_within_quiet_say_nothing_more_and_its_end_clears()
    {
        KernelRun run = new KernelRun(TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromMinutes(10))))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9), TestRules.Event("e2", "dev-1", At(5), 9))
            .Pass(At(15));

        Assert.Equal(["city.alert.opened.v1", "city.workorder.dispatched.v1", "city.alert.cleared.v1", "city.workorder.updated.v1"], run.Types);
        Assert.Equal(2, run.Orders[1].GetProperty("revision").GetInt32());
        Assert.Equal("dispatched", run.Orders[1].GetProperty("status").GetString());
    }

    [Fact]
    public void A_timer_due_at_the_front_waits_for_the_events_of_that_instant()
    {
        KernelRun run = new KernelRun(TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromMinutes(10))))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9), TestRules.Event("e2", "dev-1", At(10), 9))
            .Pass(At(10));

        Assert.DoesNotContain("city.alert.cleared.v1", run.Types);
    }

    [Fact]
    public void Clearing_and_opening_within_reopen_keeps_alert_and_order()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(1)) with { Reopen = Duration.FromMinutes(5) };
        KernelRun run = new KernelRun(TestRules.Set(rule))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9))
            .Events(TestRules.Event("e2", "dev-1", At(6), 9));

        Assert.Equal(
            ["city.alert.opened.v1", "city.workorder.dispatched.v1", "city.alert.cleared.v1", "city.workorder.updated.v1", "city.alert.opened.v1", "city.workorder.updated.v1"],
            run.Types);
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void Opening_after_reopen_is_a_new_alert()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(1)) with { Reopen = Duration.FromMinutes(5) };
        KernelRun run = new KernelRun(TestRules.Set(rule))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9))
            .Events(TestRules.Event("e2", "dev-1", At(6.1), 9));

        Assert.Equal(2, run.Types.Count(type => type == "city.workorder.dispatched.v1"));
    }

    [Fact]
    public void Lead_and_co_handlers_get_the_same_message_each_on_its_topic()
    {
        KernelRun run = new KernelRun(TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromMinutes(1), "fire", "police")))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9));

        Output[] orders = [.. run.Outputs.Where(output => output.Kind == OutputKind.WorkOrder)];
        Assert.Equal(["city.workorders.fire.v1", "city.workorders.police.v1"], orders.Select(order => order.Topic));
        Assert.Equal(orders[0].Value.ToArray(), orders[1].Value.ToArray());
        Assert.Equal(["fire", null], orders.Select(order => order.DispatchedTo));
    }

    [Fact]
    public void A_drill_never_becomes_a_real_order_nor_touches_a_real_incident()
    {
        KernelRun run = new KernelRun(TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromMinutes(10))))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9, EventStatus.Exercise), TestRules.Event("e2", "dev-1", At(1), 9));

        Output[] orders = [.. run.Outputs.Where(output => output.Kind == OutputKind.WorkOrder)];
        Assert.Equal(["city.workorders.exercise.v1", "city.workorders.unit.v1"], orders.Select(order => order.Topic));
        Assert.NotEqual(orders[0].Key, orders[1].Key);
    }

    [Fact]
    public void A_shadow_rule_is_recorded_and_sends_no_order()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(10));
        rule = rule with { Base = rule.Base with { Stage = RuleStage.Shadow } };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(TestRules.Event("e1", "dev-1", At(0), 9));

        Assert.Equal(["city.alert.opened.v1"], run.Types);
    }

    [Fact]
    public void A_rise_asks_the_routes_again_and_keeps_the_order()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(10));
        rule = rule with
        {
            Base = rule.Base with
            {
                Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Red)]),
                Routes = [new RoutePlan(new(IsRed, frame => !IsRed(frame)), "alert.severity == 'red'", ["fire"], Continues: true), new RoutePlan(null, null, ["unit"], false)],
            },
        };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(TestRules.Event("e1", "dev-1", At(0), 9), TestRules.Event("e2", "dev-1", At(1), 30));

        Assert.Equal(["city.alert.opened.v1", "city.workorder.dispatched.v1", "city.alert.updated.v1", "city.workorder.updated.v1", "city.workorder.dispatched.v1"], run.Types);
        Assert.Equal(["unit", "unit", "fire"], run.Orders.Select(order => order.GetProperty("lead").GetString()));
        Assert.Equal(["yellow", "red", "red"], run.Orders.Select(order => order.GetProperty("severity").GetString()));
    }

    [Fact]
    public void An_order_moves_up_a_level_when_nobody_acknowledges_and_stops_when_the_alert_clears()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(20)) with
        {
            Escalations = [new EscalationStep(Duration.FromMinutes(5), "acknowledged", "district", null), new EscalationStep(Duration.FromMinutes(30), "resolved", "city", Severity.Orange)],
        };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Pass(At(60));

        Assert.Equal(["dispatched", "escalated", "updated"], run.Orders.Select(order => order.GetProperty("operation").GetString()));
        Assert.Equal("district", run.Orders[1].GetProperty("commandLevel").GetString());
        Assert.Equal("not acknowledged within 5m", run.Orders[1].GetProperty("escalationReason").GetString());
    }

    private static bool IsRed(AlertEngine.Rules.Cel.CelFrame frame) => frame.Records[FrameRecords.Alert][AlertRecord.Severity].AsString == "red";
}
