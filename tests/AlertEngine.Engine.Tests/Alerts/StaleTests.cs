using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: what opened and cleared during an outage sends nobody out, and what still fires when the lane has come up does. Method: a kernel on the
/// wall clock that reads old events; the rule's alerts are stale after 30 minutes.
/// </summary>
public sealed class StaleTests
{
    [Fact]
    public void What_opened_and_cleared_during_the_outage_is_filed_only()
    {
        KernelRun run = NewRun(Filed(), nowMinute: 180).Events(Event(10, 1), Event(20, 0)).Recover().Events(Event(170, 0)).Pass(At(175));

        Assert.Equal("10 suppressed by stale, 20 suppressed by stale", StoryOf(run, "leak"));
        Assert.Empty(run.Orders);
    }

    [Fact]
    public void What_still_fires_when_the_lane_has_come_up_goes_out_once()
    {
        KernelRun run = NewRun(Filed(), nowMinute: 180).Events(Event(10, 1), Event(100, 1)).Recover();
        Assert.Equal(At(150), run.Events(Event(101, 1)).Kernel.NextDueFrontTicks);
        run.Events(Event(150, 1), Event(160, 1));

        Assert.Equal("10 suppressed by stale, 180 opened", StoryOf(run, "leak"));
        Assert.Equal("180 dispatched", OrdersOf(run, "leak"));
        Assert.Equal(long.MaxValue, run.Kernel.NextDueFrontTicks);
    }

    [Fact]
    public void An_alert_that_has_an_order_is_told_of_all_that_happened()
    {
        KernelRun run = NewRun(Filed(), nowMinute: 11).Events(Event(10, 1));
        run.NowTicks = At(180);
        run.Events(Event(20, 0), Event(30, 1));

        Assert.Equal("10 opened, 20 cleared, 30 opened", StoryOf(run, "leak"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rule_that_says_dispatch_or_nothing_dispatches(bool says)
    {
        CompiledRule rule = Rule("leak", 1) with { Stale = says ? new StalePlan(Duration.FromMinutes(30), IsFiledOnly: false) : null };

        Assert.Equal("10 opened, 20 cleared", StoryOf(NewRun(rule, nowMinute: 180).Events(Event(10, 1), Event(20, 0)), "leak"));
    }

    [Fact]
    public void On_the_event_clock_nothing_is_stale() =>
        Assert.Equal("10 opened, 20 cleared", StoryOf(new KernelRun(TestRules.Set(Filed())) { NowTicks = At(180) }.Events(Event(10, 1), Event(20, 0)), "leak"));

    private static CompiledRule Filed() => Rule("leak", 1) with { Stale = new StalePlan(Duration.FromMinutes(30), IsFiledOnly: true) };

    private static KernelRun NewRun(CompiledRule rule, int nowMinute) => new(TestRules.Set(rule), clock: PeopleClock.Wall) { NowTicks = At(nowMinute) };
}
