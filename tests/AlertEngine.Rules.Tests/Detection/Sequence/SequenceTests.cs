using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Sequence;
using AlertEngine.Rules.Matching;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Sequence;

public sealed class SequenceTests
{
    private const uint First = 1;
    private const uint Second = 2;
    private const uint Third = 4;

    [Fact]
    public void A_step_just_within_counts_and_a_second_later_does_not()
    {
        Assert.Equal("10s Shot k", Story(Drive(Two(), At(0, First), At(10, Second))));
        Assert.Equal("", Story(Drive(Two(), At(0, First), At(11, Second))));
    }

    [Fact]
    public void One_event_moves_a_run_by_one_step_only() =>
        Assert.Equal("", Story(Drive(Two(), At(0, First | Second))));

    [Fact]
    public void The_event_that_completes_a_run_may_start_the_next() =>
        Assert.Equal("3s Shot k, 5s Shot k", Story(Drive(Two(), At(0, First), At(3, First | Second), At(5, Second))));

    [Fact]
    public void A_second_start_waits_unless_runs_may_overlap()
    {
        Assert.Equal("9s Shot k", Story(Drive(Two(), At(0, First), At(5, First), At(9, Second), At(12, Second))));
        Assert.Equal(
            "9s Shot k[s/a], 9s Shot k[s/b]",
            Story(Drive(Two() with { Overlap = true }, At(0, First) with { Id = "a" }, At(5, First) with { Id = "b" }, At(9, Second), At(12, Second))));
    }

    [Fact]
    public void A_forbidden_event_between_ends_the_run()
    {
        SequenceOptions options = Steps(Step("a"), Step("x") with { IsNot = true }, Step("b"));

        Assert.Equal("4s Shot k", Story(Drive(options, At(0, First), At(4, Third))));
        Assert.Equal("", Story(Drive(options, At(0, First), At(2, Second), At(4, Third))));
    }

    [Fact]
    public void A_negated_last_step_fires_by_timer_and_an_event_at_the_instant_prevents_it()
    {
        SequenceOptions options = Steps(Step("a"), Step("x") with { IsNot = true, For = Seconds.Of(5) });

        Assert.Equal("5s Shot k", Story(Drive(options, At(0, First))));
        Assert.Null(Drive(options, At(0, First)).Findings[0].OpenerId);
        Assert.Equal("", Story(Drive(options, At(0, First), At(5, Second))));
    }

    [Fact]
    public void Until_cancels_a_run()
    {
        SequenceOptions options = Two() with { Until = new SequenceUntil(null) };

        Assert.Equal("", Story(Drive(options, At(0, First), At(2, Third), At(4, Second))));
    }

    [Fact]
    public void Quiet_makes_completed_runs_one_alert_that_counts_them()
    {
        DetectorDriver driver = Drive(Two() with { Quiet = (DurationOperand)Seconds.Of(20) }, At(0, First), At(1, Second), At(10, First), At(11, Second));

        Assert.Equal("1s Opened k, 31s Cleared k Quiet", Story(driver));
        Assert.Equal(2, driver.Findings[^1].Contributions);
    }

    [Fact]
    public void A_value_as_of_the_step_is_the_latest_that_is_not_too_old()
    {
        Assert.Equal(7, LevelAt(driver => driver.Feed(At(0, Third) with { X = 3 }, At(5, Third) with { X = 7 }, At(15, First), At(16, Second))));
        Assert.Null(LevelAt(driver => driver.Feed(At(5, Third) with { X = 7 }, At(16, First), At(17, Second))));
    }

    [Fact]
    public void Runs_beyond_the_limit_are_counted_and_not_started()
    {
        DetectorDriver driver = Drive(Two() with { Overlap = true, Within = Seconds.Of(5_000) }, [.. Enumerable.Range(0, SequenceOptions.RunLimit + 2).Select(at => At(at, First))]);

        Assert.Equal(2, driver.Overflows);
    }

    [Fact]
    public void A_sequence_must_begin_with_a_step_that_happens() =>
        Assert.Equal(
            "a sequence begins with a step that happens (Parameter 'options')",
            Assert.Throws<ArgumentException>(() => new SequenceDetector(Steps(Step("a") with { IsNot = true }))).Message);

    private static double? LevelAt(Func<DetectorDriver, DetectorDriver> feed)
    {
        var asof = new SequenceAsof("level", Conditions.ValueOfX, Seconds.Of(10), Sample.SlotCount);
        var options = Steps(new SequenceStep("a", Sample.SlotCount + 1) { Asofs = [asof] }, Step("b"));
        var level = feed(new DetectorDriver(new SequenceDetector(options))).Findings.Single().Steps[0][Sample.SlotCount];
        return level.IsDouble ? level.AsDouble : null;
    }

    private static SequenceOptions Two() => Steps(Step("a"), Step("b"));

    private static SequenceOptions Steps(params SequenceStep[] steps) => new(Seconds.Of(10), [.. steps]);

    private static SequenceStep Step(string name) => new(name, Sample.SlotCount);

    private static Sample At(int at, uint sources) => new(at, Sources: sources);

    private static DetectorDriver Drive(SequenceOptions options, params Sample[] samples) =>
        new DetectorDriver(new SequenceDetector(options)).Feed(samples).Until(10_000);

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
