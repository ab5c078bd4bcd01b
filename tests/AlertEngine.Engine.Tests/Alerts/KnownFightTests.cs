using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: where stages of suppression meet each other, people and clocks, as they do in the trackers of other systems, nothing is lost, told twice
/// or told too soon. Method: each fight as a small city; see also <see cref="GroupTests"/>, <see cref="FlappingTests"/>, <see cref="FloodTests"/>.
/// </summary>
public sealed class KnownFightTests
{
    [Fact]
    public void A_silence_that_ends_during_an_inhibition_sets_nothing_free()
    {
        KernelRun run = Run([Inhibit("a-source", "target")], Rule("a-source", 2), Rule("target", 1))
            .Command(Silence("s", 1, 10) with { RuleId = "target" })
            .Events(Event(2, 1), Event(5, 3), Event(15, 3)).Recover().Events(Event(20, 1), Event(30, 1));

        Assert.Equal("2 suppressed by silence, 10 suppressed by inhibit, 20 opened", StoryOf(run, "target"));
        Assert.Equal("20 dispatched", OrdersOf(run, "target"));
    }

    [Fact]
    public void What_cleared_after_the_silence_but_during_the_inhibition_is_only_recorded()
    {
        KernelRun run = Run([Inhibit("a-source", "target")], Rule("a-source", 2), Rule("target", 1))
            .Command(Silence("s", 1, 10) with { RuleId = "target" })
            .Events(Event(2, 1), Event(5, 3), Event(15, 2), Event(20, 0), Event(30, 0));

        Assert.Equal("2 suppressed by silence, 10 suppressed by inhibit, 15 suppressed by inhibit", StoryOf(run, "target"));
        Assert.Empty(run.Orders.Where(order => order.GetProperty("rule").GetProperty("id").GetString() == "target"));
    }

    [Fact]
    public void An_order_escalates_during_a_silence_and_the_end_does_not_tell_it_again()
    {
        CompiledRule rule = Rule("target", 1) with { Escalations = [new EscalationStep(Duration.FromMinutes(5), "acknowledged", "district", Severity.Red)] };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Command(Silence("s", 3, 10)).Events(Event(1, 1), Event(4, 0), Event(5, 1), Event(8, 1), Event(20, 1));

        Assert.Equal("1 dispatched, 6 escalated", OrdersOf(run, "target"));
        Assert.Equal("1 opened, 4 suppressed by silence, 5 suppressed by silence, 6 updated", StoryOf(run, "target"));
    }

    [Fact]
    public void A_reopening_in_a_silence_goes_on_with_its_order_though_the_group_waits()
    {
        KernelRun run = new KernelRun(TestRules.Set(GroupTests.Grouped())).Command(Silence("s", 20, 30)).Events(Event(1, 1), Event(15, 0), Event(22, 1), Event(40, 1));

        Assert.Equal("3 dispatched, 15 updated, 30 updated", OrdersOf(run, "leak"));
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void A_storm_ends_while_one_of_its_alerts_is_silenced_and_nothing_stays_open()
    {
        KernelRun run = new KernelRun(TestRules.Set(FloodTests.Flooded())).Command(Silence("s", 4, 20) with { Key = "c" })
            .Events(Event(1, 1, "a"), Event(2, 1, "b"), Event(3, 1, "c"), Event(5, 0, "c"), Event(30, 1, "a"));

        Assert.Equal("1 dispatched, 2 dispatched, 3 dispatched, 20 updated", OrdersOf(run, "smoke"));
        Assert.Equal("cleared", run.Orders[^1].GetProperty("alertStatus").GetString());
    }
}
