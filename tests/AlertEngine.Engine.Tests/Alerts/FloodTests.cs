using System.Text.Json;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: beyond its budget a rule sends one storm order instead of many, and red always passes. Method: a rule with two orders in ten minutes,
/// one device after the other.
/// </summary>
public sealed class FloodTests
{
    [Fact]
    public void Beyond_the_budget_alerts_share_one_storm_order()
    {
        KernelRun run = NewRun().Events(Devices(1, 5)).Recover().Pass(At(20));

        Assert.Equal("1 opened, 2 opened, 3 suppressed by flood, 4 suppressed by flood, 5 suppressed by flood", StoryOf(run, "smoke"));
        Assert.Equal("1 dispatched, 2 dispatched, 3 dispatched, 13 updated", OrdersOf(run, "smoke"));
        Assert.Equal("flood", run.Orders[^1].GetProperty("bundledBy").GetString());
        Assert.False(run.Orders[0].TryGetProperty("bundledBy", out _));
        Assert.Equal([1, 1, 1, 3], run.Orders.Select(order => order.GetProperty("mergedCount").GetInt32()));
        Assert.Equal("smoke: 3 alerts beyond the budget of orders", run.Orders[^1].GetProperty("title").GetProperty("en").GetString());
        Assert.Equal("in the storm order: 2 orders in 10m are sent", Last(run).GetProperty("suppressedReason").GetString());
        Assert.Equal(run.Orders[^1].GetProperty("workOrderId").GetString(), Last(run).GetProperty("workOrderId").GetString());
    }

    [Fact]
    public void The_budget_is_free_again_exactly_when_its_time_is_over()
    {
        Assert.Equal("1 dispatched, 2 dispatched, 11 dispatched", OrdersOf(NewRun().Events(Event(1, 1, "a"), Event(2, 1, "b"), Event(11, 1, "c")), "smoke"));
        KernelRun before = NewRun().Events(Event(1, 1, "a"), Event(2, 1, "b"), Event(10.9, 1, "c"));
        Assert.Equal("1 opened, 2 opened, 10 suppressed by flood", StoryOf(before, "smoke"));
    }

    [Fact]
    public void Red_always_passes()
    {
        KernelRun run = new KernelRun(TestRules.Set(Raised(Flooded()))).Events(Event(1, 1, "a"), Event(2, 1, "b"), Event(3, 5, "c"), Event(4, 1, "d"));

        Assert.Equal("1 opened, 2 opened, 3 opened, 4 suppressed by flood", StoryOf(run, "smoke"));
    }

    [Fact]
    public void A_member_of_the_storm_that_turns_red_gets_an_order_of_its_own()
    {
        KernelRun run = new KernelRun(TestRules.Set(Raised(Flooded()))).Events(Event(1, 1, "a"), Event(2, 1, "b"), Event(3, 1, "c"), Event(5, 5, "c"), Event(6, 0, "c"));

        Assert.Equal("1 opened, 2 opened, 3 suppressed by flood, 5 opened, 6 cleared", StoryOf(run, "smoke"));
        Assert.Equal("1 dispatched, 2 dispatched, 3 dispatched, 5 updated, 5 dispatched, 6 updated", OrdersOf(run, "smoke"));
        Assert.Equal("cleared", run.Orders[3].GetProperty("alertStatus").GetString());
    }

    [Fact]
    public void The_storm_order_clears_with_its_last_member_at_once()
    {
        KernelRun run = NewRun().Events([.. Devices(1, 4), Event(5, 0, "dev-3")]).RestoreSnapshot().Events(Event(6, 0, "dev-4"));

        Assert.Equal("1 dispatched, 2 dispatched, 3 dispatched, 6 updated", OrdersOf(run, "smoke"));
        Assert.Equal("cleared", run.Orders[^1].GetProperty("alertStatus").GetString());
    }

    [Fact]
    public void A_storm_that_comes_back_goes_on_with_its_order()
    {
        KernelRun run = NewRun().Events([.. Devices(1, 3), Event(4, 0, "dev-3"), Event(6, 1, "dev-6")]);

        Assert.Equal("1 dispatched, 2 dispatched, 3 dispatched, 4 updated, 6 updated", OrdersOf(run, "smoke"));
        Assert.Single(run.Orders.Skip(2).Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void What_has_an_order_is_not_held_when_it_clears_and_reopens_in_the_flood()
    {
        KernelRun run = NewRun().Events([.. Devices(1, 3), Event(4, 0, "dev-1"), Event(5, 1, "dev-1")]);

        Assert.Equal("1 opened, 2 opened, 3 suppressed by flood, 4 cleared, 5 opened", StoryOf(run, "smoke"));
    }

    [Fact]
    public void An_order_escalates_during_a_flood_and_takes_nothing_of_the_budget()
    {
        CompiledRule rule = Flooded() with { Escalations = [new EscalationStep(Duration.FromMinutes(5), "acknowledged", "district", null)] };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(Devices(1, 3)).Pass(At(6)).Pass(At(9)).Events(Event(12, 1, "dev-9"));

        Assert.Equal("1 dispatched, 2 dispatched, 3 dispatched, 6 escalated, 7 escalated, 8 escalated, 12 dispatched", OrdersOf(run, "smoke"));
    }

    [Fact]
    public void People_work_on_a_storm_order_as_on_any_other()
    {
        KernelRun run = NewRun().Events(Devices(1, 3));
        string storm = run.Orders[^1].GetProperty("workOrderId").GetString()!;
        run.Command(new OrderCommand("c", OrderVerb.Acknowledge, At(4), "officer", "seen") { Order = storm }).Pass(At(5));

        Assert.Equal("acknowledged", run.Orders[^1].GetProperty("status").GetString());
    }

    [Fact]
    public void A_drill_takes_nothing_of_the_real_budget() =>
        Assert.Equal("3 opened", StoryOf(NewRun().Events(Event(1, 1, "a", EventStatus.Exercise), Event(2, 1, "b", EventStatus.Exercise), Event(3, 1, "c")), "smoke").Split(", ")[^1]);

    internal static CompiledRule Flooded() => Rule("smoke", 1) with { Flood = new FloodPlan(2, Duration.FromMinutes(10)) };

    private static KernelRun NewRun() => new(TestRules.Set(Flooded()));

    /// <summary>Each minute another device begins to fire.</summary>
    private static EventRecord[] Devices(int from, int until) => [.. Enumerable.Range(from, until - from + 1).Select(minute => Event(minute, 1, $"dev-{minute}"))];

    private static JsonElement Last(KernelRun run) =>
        JsonDocument.Parse(run.Outputs.Last(output => output.Kind == Engine.Ports.OutputKind.Alert).Value).RootElement.GetProperty("data");
}
