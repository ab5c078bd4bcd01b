using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: alerts of one group are one order, which says once in a while what is new. Method: a rule that groups all its devices, with a wait of
/// two minutes and an interval of ten; alerts and orders as stories.
/// </summary>
public sealed class GroupTests
{
    [Fact]
    public void Those_that_open_within_the_wait_go_out_together_in_one_order()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2")).Recover().Events(Event(5, 1, "dev-1"));

        Assert.Equal("1 suppressed by group, 2 suppressed by group, 3 opened, 3 opened", StoryOf(run, "leak"));
        Assert.Equal("3 dispatched", OrdersOf(run, "leak"));
        Assert.Equal((2, "group"), (run.Orders[0].GetProperty("mergedCount").GetInt32(), run.Orders[0].GetProperty("bundledBy").GetString()));
        Assert.Equal("e1-dev-1,e2-dev-2", string.Join(',', run.Orders[0].GetProperty("relatedEventIds").EnumerateArray()));
    }

    [Fact]
    public void The_message_of_each_member_names_the_order_of_the_group()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2"), Event(5, 1, "dev-1"));

        string order = run.Orders[0].GetProperty("workOrderId").GetString()!;
        Assert.Equal([order, order], Alerts(run).Where(alert => !alert.TryGetProperty("suppressedBy", out _)).Select(alert => alert.GetProperty("workOrderId").GetString()));
        Assert.Equal("goes out with its group at 2026-07-01T00:03:00Z", Alerts(run).First().GetProperty("suppressedReason").GetString());
    }

    [Fact]
    public void Who_joins_later_waits_for_the_interval_and_is_a_revision()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(5, 1, "dev-2"), Event(6, 1, "dev-3")).RestoreSnapshot().Events(Event(20, 1, "dev-1"));

        Assert.Equal("1 suppressed by group, 3 opened, 5 suppressed by group, 6 suppressed by group, 13 opened, 13 opened", StoryOf(run, "leak"));
        Assert.Equal("3 dispatched, 13 updated", OrdersOf(run, "leak"));
        Assert.Equal([1, 3], run.Orders.Select(order => order.GetProperty("mergedCount").GetInt32()));
    }

    [Fact]
    public void After_a_quiet_interval_the_next_goes_out_at_once() =>
        Assert.Equal("3 dispatched, 20 updated", OrdersOf(NewRun().Events(Event(1, 1, "dev-1"), Event(20, 1, "dev-2"), Event(40, 1, "dev-1")), "leak"));

    [Fact]
    public void One_that_came_and_went_within_the_wait_is_only_recorded()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(2, 0, "dev-1"), Event(9, 0, "dev-1"));

        Assert.Equal("1 suppressed by group, 2 suppressed by group", StoryOf(run, "leak"));
        Assert.Equal("", OrdersOf(run, "leak"));
    }

    [Fact]
    public void A_cool_down_starts_only_with_something_that_was_sent()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(2, 0, "dev-1"), Event(4, 1, "dev-2"), Event(9, 1, "dev-2"));

        Assert.Equal("6 dispatched", OrdersOf(run, "leak"));
    }

    [Fact]
    public void A_reopening_inside_a_cool_down_changes_nothing_outside()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(5, 0, "dev-1"), Event(7, 1, "dev-1"), Event(30, 1, "dev-1"));

        Assert.Equal("1 suppressed by group, 3 opened, 5 suppressed by group, 7 suppressed by group", StoryOf(run, "leak"));
        Assert.Equal("3 dispatched", OrdersOf(run, "leak"));
    }

    [Fact]
    public void The_order_clears_with_the_last_member_and_reopens_with_the_next()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2"), Event(5, 0, "dev-1"), Event(6, 0, "dev-2"), Event(15, 1, "dev-3"), Event(40, 1, "dev-3"));

        Assert.Equal("3 dispatched, 13 updated, 23 updated", OrdersOf(run, "leak"));
        Assert.Equal(["firing", "cleared", "firing"], run.Orders.Select(order => order.GetProperty("alertStatus").GetString()));
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void A_rise_passes_the_interval()
    {
        KernelRun run = new KernelRun(TestRules.Set(Raised(Grouped()))).Events(Event(1, 1, "dev-1"), Event(5, 5, "dev-2"), Event(30, 5, "dev-2"));

        Assert.Equal("1 suppressed by group, 3 opened, 5 opened", StoryOf(run, "leak"));
        Assert.Equal("3 dispatched, 5 updated", OrdersOf(run, "leak"));
        Assert.Equal(["yellow", "red"], run.Orders.Select(order => order.GetProperty("severity").GetString()));
    }

    [Fact]
    public void What_inhibits_a_member_may_come_within_the_wait()
    {
        KernelRun run = Run([Inhibit("source", "leak")], Grouped(), Rule("source", 2)).Events(Event(1, 1), Event(2, 3), Event(6, 1), Event(9, 1));

        Assert.Equal("1 suppressed by group, 3 suppressed by inhibit, 6 opened", StoryOf(run, "leak"));
    }

    [Fact]
    public void An_alert_without_the_label_stands_for_itself()
    {
        CompiledRule rule = Grouped() with { Group = new GroupPlan([_ => CelValue.Missing], ["device.gateway"], Duration.FromMinutes(2), Duration.FromMinutes(10)) };

        Assert.Equal("1 dispatched, 2 dispatched", OrdersOf(new KernelRun(TestRules.Set(rule)).Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2")), "leak"));
    }

    [Fact]
    public void On_the_wall_clock_the_wait_ends_by_the_clock_though_no_event_comes()
    {
        var run = new KernelRun(TestRules.Set(Grouped()), clock: PeopleClock.Wall) { NowTicks = At(100) };
        run.Events(Event(1, 1, "dev-1"));
        Assert.Equal(At(102), run.Kernel.NextDueNowTicks);
        run.Recover().NowTicks = At(102);
        run.Pass(At(1));

        Assert.Equal("1 suppressed by group, 102 opened", StoryOf(run, "leak"));
        Assert.Equal("102 dispatched", OrdersOf(run, "leak"));
    }

    [Fact]
    public void Single_shots_are_told_in_one_order_too()
    {
        CompiledRule rule = TestRules.ShotAbove("leak", 0) with { Group = Grouped().Group };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2"), Event(6, 1, "dev-3")).Pass(At(30));

        Assert.Equal("3 dispatched, 13 updated", OrdersOf(run, "leak"));
        Assert.Equal([2, 3], run.Orders.Select(order => order.GetProperty("mergedCount").GetInt32()));
    }

    [Fact]
    public void A_step_that_raises_the_order_of_a_group_asks_the_routes_again_though_its_first_member_has_cleared()
    {
        CompiledRule rule = Grouped() with { Escalations = [new EscalationStep(new ElapsedTrigger(Duration.FromMinutes(20)), "resolved", "street", Severity.Red)] };
        var red = new CelCondition(frame => IsRed(frame), frame => !IsRed(frame));
        rule = rule with { Base = rule.Base with { Routes = [new RoutePlan(null, null, ["gate"], Continues: true), new RoutePlan(red, "alert.severity == 'red'", ["brigade"], Continues: false)] } };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2"), Event(5, 0, "dev-1")).Recover().Pass(At(30));

        Assert.Equal(
            ["gate dispatched yellow 2", "gate escalated red 2", "brigade dispatched red 2"],
            run.Orders.Select(order => $"{order.GetProperty("lead").GetString()} {order.GetProperty("operation").GetString()} {order.GetProperty("severity").GetString()} {order.GetProperty("mergedCount").GetInt32()}"));
        Assert.Equal("23 escalated, 23 dispatched", OrdersOf(run, "leak")[^"23 escalated, 23 dispatched".Length..]);
    }

    [Fact]
    public void A_command_that_names_any_member_means_the_order_of_the_group()
    {
        KernelRun run = NewRun().Events(Event(1, 1, "dev-1"), Event(2, 1, "dev-2"), Event(5, 1, "dev-2"));
        run.Command(new OrderCommand("c1", OrderVerb.Acknowledge, At(6), "officer", "seen") { RuleId = "leak", Key = "dev-2" });
        run.Events(Event(7, 0, "dev-2"), Event(8, 1, "dev-1")).Recover();
        run.Command(new OrderCommand("c2", OrderVerb.Arrive, At(9), "officer", "there") { RuleId = "leak", Key = "dev-2" });
        run.Command(new OrderCommand("c3", OrderVerb.Resolve, At(9), "officer", "done") { RuleId = "leak", Key = "dev-9" }).Pass(At(10));

        Assert.Equal(["accepted", "accepted", "refused"], run.Replies.Select(reply => reply.GetProperty("outcome").GetString()));
        Assert.Equal(["dispatched", "acknowledged", "arrived"], run.Orders.Select(order => order.GetProperty("status").GetString()));
    }

    private static bool IsRed(CelFrame frame) => frame.Records[FrameRecords.Alert][AlertRecord.Severity].AsString == "red";

    internal static CompiledRule Grouped() =>
        Rule("leak", 1) with { Group = new GroupPlan([_ => CelValue.Of("all")], ["all"], Duration.FromMinutes(2), Duration.FromMinutes(10)) };

    private static KernelRun NewRun() => new(TestRules.Set(Grouped()));

    private static ImmutableArray<JsonElement> Alerts(KernelRun run) =>
        [.. run.Outputs.Where(output => output.Kind == Engine.Ports.OutputKind.Alert).Select(output => JsonDocument.Parse(output.Value).RootElement.GetProperty("data"))];
}
