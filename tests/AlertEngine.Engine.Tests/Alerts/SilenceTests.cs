using System.Collections.Immutable;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: a silence holds back and never loses: what is owed at its end goes out once, what came and went is only recorded. Method: an alert that
/// is up from minute <c>a</c> to minute <c>b</c>, a silence from <c>c</c> to <c>d</c>, in every order of the four; the messages of each stretch.
/// </summary>
public sealed class SilenceTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Theory]
    [InlineData("the silence is over before it", 5, 7, 1, 3, "5 opened, 5 dispatched, 7 cleared, 7 updated")]
    [InlineData("the silence begins first and ends while it fires", 2, 7, 1, 4, "2 suppressed, 4 opened, 4 dispatched, 7 cleared, 7 updated")]
    [InlineData("it comes and goes within the silence", 2, 4, 1, 8, "2 suppressed, 4 suppressed")]
    [InlineData("the silence begins while it fires and ends after it", 2, 5, 3, 8, "2 opened, 2 dispatched, 5 suppressed, 8 cleared, 8 updated")]
    [InlineData("the silence lies within it", 2, 8, 3, 5, "2 opened, 2 dispatched, 8 cleared, 8 updated")]
    [InlineData("it opens with the silence", 2, 7, 2, 4, "2 suppressed, 4 opened, 4 dispatched, 7 cleared, 7 updated")]
    [InlineData("it opens when the silence ends", 4, 7, 2, 4, "4 opened, 4 dispatched, 7 cleared, 7 updated")]
    [InlineData("the silence comes after it", 2, 4, 5, 8, "2 opened, 2 dispatched, 4 cleared, 4 updated")]
    public void What_is_owed_goes_out_once(string why, int opensAt, int clearsAt, int silentFrom, int silentUntil, string expected)
    {
        KernelRun run = NewRun().Command(Silence("s", silentFrom, silentUntil)).Events(Event("e0", 0, 1));
        for (int minute = 1; minute <= 20; minute++)
            run.Events(Event($"e{minute}", minute, minute >= opensAt && minute < clearsAt ? 9 : 1));

        Assert.Equal((why, expected), (why, Story(run)));
    }

    [Fact]
    public void An_alert_that_opens_again_in_a_silence_reopens_its_order_at_the_end()
    {
        KernelRun run = NewRun().Command(Silence("s", 4, 8)).Events(Event("e1", 1, 9), Event("e2", 2, 1), Event("e5", 5, 9), Event("e9", 9, 9));

        Assert.Equal("1 opened, 1 dispatched, 2 cleared, 2 updated, 5 suppressed, 8 opened, 8 updated", Story(run));
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void A_second_silence_takes_over_where_the_first_ends()
    {
        KernelRun run = NewRun().Command(Silence("s1", 1, 4)).Command(Silence("s2", 3, 6)).Events(Event("e2", 2, 9), Event("e7", 7, 9));

        Assert.Equal("2 suppressed, 6 opened, 6 dispatched", Story(run));
    }

    [Fact]
    public void An_unsilence_ends_it_at_once_also_after_a_restart()
    {
        KernelRun run = NewRun().Command(Silence("s", 1, 60)).Events(Event("e2", 2, 9)).Recover()
            .Command(new SilenceCommand("u", true, At(5), "officer", "over")).RestoreSnapshot().Events(Event("e6", 6, 9));

        Assert.Equal("2 suppressed, 5 opened, 5 dispatched", Story(run));
    }

    [Theory]
    [InlineData("other", null, "2 opened, 2 dispatched")]
    [InlineData("dev-1", null, "2 suppressed")]
    [InlineData(null, "high", "2 suppressed")]
    [InlineData(null, "other", "2 opened, 2 dispatched")]
    [InlineData(null, null, "2 suppressed")]
    public void A_silence_holds_what_its_matchers_fit(string? key, string? rule, string expected) => Assert.Equal(
        expected, Story(NewRun().Command(Silence("s", 1, 60) with { Key = key, RuleId = rule }).Events(Event("e2", 2, 9)).Pass(At(3))));

    [Theory]
    [InlineData("smoke", "2 suppressed")]
    [InlineData("high", "2 opened, 2 dispatched")]
    public void A_silence_may_select_by_the_event_class(string eventClass, string expected)
    {
        KernelRun run = new KernelRun(TestRules.Set(Rule() with { EventClass = ("city", "smoke") })).Command(Silence("s", 1, 60) with { EventClass = eventClass });

        Assert.Equal(expected, Story(run.Recover().Events(Event("e2", 2, 9)).Pass(At(3))));
    }

    [Fact]
    public void A_silence_without_an_end_is_refused_and_so_is_ending_none()
    {
        KernelRun run = NewRun().Command(Silence("s1", 1, 1)).Command(Silence("s2", 1, 5) with { UntilTicks = null })
            .Command(new SilenceCommand("u", true, At(2), "officer", "over")).Command(Silence("s3", 1, 5)).Command(Silence("s3", 1, 5));

        Assert.Equal(
            ["a silence needs an 'until' later than its beginning", "a silence needs an 'until' later than its beginning", "no silence is ended by it", null, null],
            run.Replies.Select(reply => reply.TryGetProperty("reason", out System.Text.Json.JsonElement reason) ? reason.GetString() : null));
        Assert.Equal(["refused", "refused", "refused", "accepted", "repeated"], run.Replies.Select(reply => reply.GetProperty("outcome").GetString()));
    }

    [Fact]
    public void A_rise_that_was_silenced_is_told_at_the_end()
    {
        CompiledRule rule = Rule();
        rule = rule with { Base = rule.Base with { Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Red)]) } };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Command(Silence("s", 2, 6)).Events(Event("e1", 1, 9), Event("e3", 3, 30), Event("e7", 7, 30));

        Assert.Equal("1 opened, 1 dispatched, 3 suppressed, 6 updated, 6 updated", Story(run));
        Assert.Equal("red", run.Orders[^1].GetProperty("severity").GetString());
    }

    private static string Story(KernelRun run) => KernelStory.Of(run, Start);

    private static KernelRun NewRun() => new(TestRules.Set(Rule()));

    private static CompiledRule Rule() => TestRules.HoldAbove("high", 5, Duration.Zero, Duration.Zero) with { Reopen = Duration.FromHours(1), Late = LatePolicy.Admit };

    private static SilenceCommand Silence(string id, double from, double until) => new(id, false, At(from), "officer", "works") { UntilTicks = At(until) };

    private static EventRecord Event(string id, int minute, double value) => TestRules.Event(id, "dev-1", At(minute), value);

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
