using System.Text.Json;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: while a source fires its targets wait, what is owed goes out once at its end, and nothing goes silent by accident. Method: rules that
/// are up for stretches of minutes on one device; the messages of the target.
/// </summary>
public sealed class InhibitTests
{
    [Theory]
    [InlineData("the source is over before it", 5, 7, 1, 3, "5 opened, 7 cleared")]
    [InlineData("the source comes first and ends while it fires", 2, 7, 1, 4, "2 suppressed by inhibit, 4 opened, 7 cleared")]
    [InlineData("it comes and goes within the source", 2, 4, 1, 8, "2 suppressed by inhibit, 4 suppressed by inhibit")]
    [InlineData("the source comes while it fires and ends after it", 2, 5, 3, 8, "2 opened, 5 suppressed by inhibit, 8 cleared")]
    [InlineData("the source lies within it", 2, 8, 3, 5, "2 opened, 8 cleared")]
    [InlineData("both open at one instant", 2, 7, 2, 4, "2 suppressed by inhibit, 4 opened, 7 cleared")]
    [InlineData("both clear at one instant", 2, 4, 1, 4, "2 suppressed by inhibit, 4 suppressed by inhibit")]
    public void What_is_owed_goes_out_once(string why, int from, int until, int sourceFrom, int sourceUntil, string expected)
    {
        KernelRun run = Run([Inhibit("a-source", "target")], Rule("a-source", 1), Rule("target", 2)).Events(Minutes(12, (2, from, until), (1, sourceFrom, sourceUntil)));

        Assert.Equal((why, expected), (why, StoryOf(run, "target")));
    }

    [Fact]
    public void A_held_alert_says_which_alert_holds_it() => Assert.Equal(
        ("inhibit", "a-source fires for dev-1"),
        (Last(BothUp()).GetProperty("suppressedBy").GetString(), Last(BothUp()).GetProperty("suppressedReason").GetString()));

    [Fact]
    public void With_two_sources_the_last_that_clears_sets_free()
    {
        KernelRun run = Run([Inhibit("a-source", "target"), Inhibit("b-source", "target")], Rule("a-source", 1), Rule("b-source", 4), Rule("target", 2))
            .Events(Minutes(3, (1, 1, 4), (4, 2, 6), (2, 2, 9))).Recover().Events(Minutes(9, (1, 1, 4), (4, 2, 6), (2, 2, 9))[3..]);

        Assert.Equal("2 suppressed by inhibit, 6 opened", StoryOf(run, "target"));
    }

    [Fact]
    public void Only_alerts_with_an_equal_label_are_held() =>
        Assert.Equal("1 opened", StoryOf(Run([Inhibit("a-source", "target")], Rule("a-source", 1), Rule("target", 2)).Events(Event(1, 1, "dev-1"), Event(1, 2, "dev-2")), "target"));

    [Fact]
    public void A_label_that_is_missing_makes_no_pair()
    {
        InhibitPlan plan = Inhibit("a-source", "target") with { EqualLabels = [_ => CelValue.Missing] };

        Assert.Equal("2 opened", StoryOf(Run([plan], Rule("a-source", 1), Rule("target", 2)).Events(Minutes(6, (1, 1, 4), (2, 2, 9))), "target"));
    }

    [Fact]
    public void A_target_that_rises_to_the_limit_is_free_at_once()
    {
        CompiledRule target = Rule("target", 2);
        target = target with { Base = target.Base with { Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(7), Severity.Red)]) } };
        KernelRun run = Run([Inhibit("a-source", "target", Severity.Red)], Rule("a-source", 1), target).Events(Minutes(6, (1, 1, 9), (2, 2, 9), (8, 4, 9)));

        Assert.Equal("2 suppressed by inhibit, 4 opened", StoryOf(run, "target"));
        Assert.Equal("red", run.Orders[^1].GetProperty("severity").GetString());
    }

    [Fact]
    public void A_silenced_source_still_inhibits() => Assert.Equal(
        "2 suppressed by inhibit, 4 opened",
        StoryOf(Run([Inhibit("a-source", "target")], Rule("a-source", 1), Rule("target", 2)).Command(Silence("s", 0, 60) with { RuleId = "a-source" }).Events(Minutes(6, (1, 1, 4), (2, 2, 9))), "target"));

    [Fact]
    public void An_alert_of_a_drill_holds_no_real_one() => Assert.Equal(
        "1 opened",
        StoryOf(Run([Inhibit("a-source", "target")], Rule("a-source", 1), Rule("target", 2)).Events(Event(0, 1, status: EventStatus.Exercise), Event(1, 2)), "target"));

    [Fact]
    public void A_shadow_alert_holds_nothing()
    {
        CompiledRule source = Rule("a-source", 1);
        source = source with { Base = source.Base with { Stage = RuleStage.Shadow } };

        Assert.Equal("2 opened", StoryOf(Run([Inhibit("a-source", "target")], source, Rule("target", 2)).Events(Minutes(6, (1, 1, 4), (2, 2, 9))), "target"));
    }

    [Fact]
    public void Of_alerts_that_inhibit_one_another_the_elder_goes_out()
    {
        KernelRun run = Run([Inhibit("a", "b"), Inhibit("b", "c"), Inhibit("c", "a")], Rule("a", 1), Rule("b", 2), Rule("c", 4))
            .Events(Event(0, 2), Event(1, 3), Event(2, 7), Event(3, 5));

        Assert.Equal(("1 opened", "0 opened, 3 cleared", "2 suppressed by inhibit, 3 opened"), (StoryOf(run, "a"), StoryOf(run, "b"), StoryOf(run, "c")));
    }

    [Fact]
    public void Alerts_that_fit_both_sides_of_an_inhibition_do_not_hold_one_another()
    {
        InhibitPlan plan = Inhibit("a", "any") with { Target = new AlertSelector([], null) };
        KernelRun run = Run([plan with { EqualNames = [], EqualLabels = [] }], Rule("a", 1), Rule("b", 2)).Events(Event(0, 1, "dev-1"), Event(1, 3, "dev-2"));

        Assert.Equal(("0 opened, 1 opened", "1 suppressed by inhibit"), (StoryOf(run, "a"), StoryOf(run, "b")));
    }

    private static KernelRun BothUp() => Run([Inhibit("a-source", "target")], Rule("a-source", 1), Rule("target", 2)).Events(Minutes(3, (1, 1, 4), (2, 2, 9)));

    private static JsonElement Last(KernelRun run) => JsonDocument.Parse(run.Outputs[^1].Value).RootElement.GetProperty("data");
}
