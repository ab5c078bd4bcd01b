using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: a key that goes up and down too often is held until it is calm, and then says once what is. Method: a rule with low 0.25 and high 0.5;
/// an event a minute, up in every other.
/// </summary>
public sealed class FlappingTests
{
    [Fact]
    public void Above_the_high_share_it_is_held_and_below_the_low_one_free_again()
    {
        // Ten changes are half of twenty: not above. The eleventh is held, and at minute 29 only four of the last twenty are changes.
        KernelRun run = NewRun().Events(UpAndDown(1, 13)).Recover().Events(Steady(14, 40, 1));

        Assert.Equal("10 cleared, 11 suppressed by flapping, 12 suppressed by flapping, 13 suppressed by flapping, 29 opened", Tail(run, 5));
        Assert.Equal("11 of the last 20 evaluations changed it", Reason(run));
    }

    [Fact]
    public void Events_that_change_nothing_make_it_calm_though_no_detector_asks_for_them()
    {
        var detector = new EachDetector(new EachOptions(TestRules.Above(0)) { Quiet = Duration.FromSeconds(30) });
        CompiledRule rule = TestRules.Rule("door", detector, Duration.Zero, LatePolicy.Admit) with { Flapping = new FlappingPlan(0.25, 0.5), Reopen = Duration.FromHours(1) };
        EventRecord[] ups = [.. Enumerable.Range(1, 8).Select(minute => Event(minute, 1))];
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(ups).Events(Steady(9, 40, 0)).Events(Event(60, 1)).Pass(At(70));

        Assert.Equal("6 suppressed by flapping, 7 suppressed by flapping, 7 suppressed by flapping, 8 suppressed by flapping, 8 suppressed by flapping, 60 opened, 60 cleared", Tail(run, 7));
    }

    [Fact]
    public void One_that_is_as_people_know_it_says_nothing_when_it_is_calm()
    {
        KernelRun run = NewRun().Events(UpAndDown(1, 14)).Events(Steady(15, 40, 0));

        Assert.Equal("10 cleared", Tail(NewRun().Events(UpAndDown(1, 10)), 1));
        Assert.EndsWith("14 suppressed by flapping", StoryOf(run, "door"), StringComparison.Ordinal);
    }

    [Fact]
    public void Flapping_while_acknowledged_leaves_the_order_with_who_has_it()
    {
        KernelRun run = NewRun().Command(new OrderCommand("c", OrderVerb.Acknowledge, At(1.5), "officer", "seen")).Events(UpAndDown(1, 13)).Events(Steady(14, 40, 1));

        Assert.Equal("acknowledged", run.Orders[^1].GetProperty("status").GetString());
        Assert.Equal("29 updated", KernelStory.Line(Start)(run.Outputs[^1]));
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void Another_key_of_the_rule_is_not_held() =>
        Assert.Equal("13 opened", Tail(NewRun().Events(UpAndDown(1, 12)).Events(Event(13, 1, "dev-2")), 1));

    [Fact]
    public void A_rule_that_does_not_watch_it_is_never_held() =>
        Assert.DoesNotContain("suppressed", StoryOf(new KernelRun(TestRules.Set(Rule("door", 1))).Events(UpAndDown(1, 40)), "door"), StringComparison.Ordinal);

    internal static CompiledRule Watched() => Rule("door", 1) with { Flapping = new FlappingPlan(0.25, 0.5) };

    /// <summary>Up in odd minutes, down in even ones.</summary>
    internal static EventRecord[] UpAndDown(int from, int until) => [.. Enumerable.Range(from, until - from + 1).Select(minute => Event(minute, minute % 2))];

    internal static EventRecord[] Steady(int from, int until, int bits) => [.. Enumerable.Range(from, until - from + 1).Select(minute => Event(minute, bits))];

    private static KernelRun NewRun() => new(TestRules.Set(Watched()));

    private static string Tail(KernelRun run, int count) => string.Join(", ", StoryOf(run, "door").Split(", ").TakeLast(count));

    private static string? Reason(KernelRun run) => run.Outputs
        .Where(output => output.Kind == Engine.Ports.OutputKind.Alert)
        .Select(output => System.Text.Json.JsonDocument.Parse(output.Value).RootElement.GetProperty("data"))
        .First(data => data.TryGetProperty("suppressedReason", out _)).GetProperty("suppressedReason").GetString();
}
