using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: the past is never evaluated again, and nothing else is lost: an event behind the watermark is late where its own device has gone on by more
/// than the lateness, or something after it was evaluated, and is in order where neither is so. Method: one rule that opens above 50 and waits 30 s.
/// </summary>
public sealed class StragglerTests
{
    private static readonly long StartTicks = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    private static readonly CompiledRule Rule = TestRules.EachAbove("r", 50, Duration.FromHours(1)) with { Lateness = Duration.FromSeconds(30), Late = LatePolicy.Drop };

    [Fact]
    public void A_straggler_after_which_nothing_was_evaluated_is_in_order() =>
        Assert.Equal(["dev-1"], Opened(Run().Events(At("a", 0, 10), At("a", 180, 10), At("dev-1", 120, 90))));

    [Fact]
    public void A_straggler_after_which_an_event_was_evaluated_is_late() =>
        Assert.Empty(Opened(Run().Events(At("a", 0, 10), At("a", 130, 10), At("a", 180, 10), At("dev-1", 120, 90))));

    [Fact]
    public void A_straggler_whose_device_has_gone_on_by_more_than_the_lateness_is_late() =>
        Assert.Empty(Opened(Run().Events(At("a", 0, 10), At("dev-1", 180, 10), At("dev-1", 120, 90))));

    [Fact]
    public void A_straggler_whose_device_has_gone_on_by_the_lateness_is_in_order() =>
        Assert.Equal(["dev-1"], Opened(Run().Events(At("dev-1", 150, 10), At("a", 180, 10), At("dev-1", 120, 90))));

    [Fact]
    public void A_straggler_after_which_a_timer_fired_is_late()
    {
        CompiledRule hold = TestRules.HoldAbove("h", 50, Duration.FromSeconds(20), Duration.FromSeconds(30)) with { Late = LatePolicy.Drop };
        Assert.Equal(["a"], Opened(new KernelRun(TestRules.Set(hold)).Events(At("a", 100, 90), At("a", 180, 90), At("dev-1", 110, 90))));
        Assert.Equal(["a", "dev-1"], Opened(new KernelRun(TestRules.Set(hold)).Events(At("a", 100, 90), At("a", 145, 90), At("dev-1", 110, 90))).Order());
    }

    [Fact]
    public void A_late_event_is_counted_and_admitted_where_the_rule_says_so()
    {
        KernelRun run = new KernelRun(TestRules.Set(Rule with { Late = LatePolicy.Admit })).Events(At("a", 130, 10), At("a", 180, 10), At("dev-1", 120, 90));
        Assert.Equal(["dev-1"], Opened(run));
        Assert.Equal(1, run.Late);
    }

    [Fact]
    public void What_was_evaluated_is_remembered_over_a_restart()
    {
        KernelRun run = Run().Events(At("a", 130, 10), At("a", 180, 10));
        Assert.Empty(Opened(run.Recover().Events(At("dev-1", 120, 90))));
        Assert.Empty(Opened(run.RestoreSnapshot().Events(At("dev-2", 120, 90))));
    }

    private static KernelRun Run() => new(TestRules.Set(Rule));

    private static EventRecord At(string device, int second, int value) =>
        TestRules.Event($"{device}-{second}", device, StartTicks + second * NodaConstants.TicksPerSecond, value);

    private static string[] Opened(KernelRun run) =>
        [.. run.Pass(StartTicks + 10 * NodaConstants.TicksPerMinute).AlertKeys("city.alert.opened.v1")];
}
