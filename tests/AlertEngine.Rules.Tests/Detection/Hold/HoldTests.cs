using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Hold;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Hold;

public sealed class HoldTests
{
    private static readonly HoldOptions Ten = new(Conditions.X(x => x >= 5), Seconds.Of(10));

    [Fact]
    public void It_fires_by_timer_without_a_further_event() =>
        Assert.Equal("10s Opened k", Story(Ten, new Sample(0, X: 9)));

    [Fact]
    public void A_false_sample_at_the_very_instant_prevents_it() =>
        Assert.Equal("", Story(Ten, new Sample(0, X: 9), new Sample(10, X: 1)));

    [Fact]
    public void A_sample_that_cannot_be_judged_neither_breaks_nor_bridges_a_gap()
    {
        Assert.Equal("10s Opened k", Story(Ten, new Sample(0, X: 9), new Sample(5)));
        Assert.Equal("", Story(Gap(4), new Sample(0, X: 9), new Sample(4), new Sample(8)));
    }

    [Fact]
    public void A_silence_of_just_the_gap_is_none()
    {
        Assert.Equal("10s Opened k", Story(Gap(5), new Sample(0, X: 9), new Sample(5, X: 9)));
        Assert.Equal("", Story(Gap(4), new Sample(0, X: 9), new Sample(4, X: 9), new Sample(5, X: 9)));
    }

    [Fact]
    public void After_a_silence_the_hold_begins_anew() =>
        Assert.Equal("16s Opened k", Story(Gap(5), new Sample(0, X: 9), new Sample(6, X: 9), new Sample(11, X: 9)));

    [Fact]
    public void Without_a_clear_block_it_clears_when_seen_false_and_fires_again_after_it() =>
        Assert.Equal(
            "10s Opened k, 12s Cleared k Cleared, 23s Opened k",
            Story(Ten, new Sample(0, X: 9), new Sample(12, X: 1), new Sample(13, X: 9)));

    [Fact]
    public void A_gap_breaks_a_pending_clearing_but_not_what_fires()
    {
        HoldOptions options = Gap(5) with { Clear = new ClearOptions(Conditions.Y(y => y >= 5), Seconds.Of(8)) };

        Assert.Equal("10s Opened k", Story(options, new Sample(0, X: 9), new Sample(5, X: 9), new Sample(20, Y: 9)));
        Assert.Equal("10s Opened k, 20s Updated k, 24s Updated k, 28s Cleared k Cleared", Told(options, new Sample(0, X: 9), new Sample(5, X: 9), new Sample(20, Y: 9), new Sample(24, Y: 9)));
    }

    [Fact]
    public void Elapsed_counts_from_the_first_true_sample_and_tracks_are_kept_from_there_on()
    {
        CelFunction x = Conditions.ValueOfX;
        HoldOptions options = Ten with
        {
            Clear = new ClearOptions(Conditions.Y(y => y >= 5)),
            Track =
            [
                new("peak", TrackFunction.Max, x, CelType.Double), new("low", TrackFunction.Min, x, CelType.Double),
                new("first", TrackFunction.First, x, CelType.Double), new("last", TrackFunction.Last, x, CelType.Double),
                new("sum", TrackFunction.Sum, x, CelType.Double), new("count", TrackFunction.Count, x, CelType.Double),
            ],
        };
        DetectorDriver driver = Drive(options, new Sample(0, X: 6), new Sample(4, X: 9), new Sample(8, X: 7), new Sample(12, X: 2, Y: 1));

        Assert.Equal(["10", "9", "6", "6", "7", "22", "3"], Names(driver.Findings[0]));
        Assert.Equal(["12", "9", "2", "6", "2", "24", "4"], Names(driver.Findings[1]));
    }

    [Fact]
    public void Two_doubles_are_tracked_alike_in_the_state_itself()
    {
        HoldOptions options = Ten with
        {
            Track = [new("peak", TrackFunction.Max, Conditions.ValueOfX, CelType.Double), new("last", TrackFunction.Last, Conditions.ValueOfX, CelType.Double)],
        };
        DetectorDriver driver = Drive(options, new Sample(0, X: 9), new Sample(1, X: 1), new Sample(2, X: 8), new Sample(3, X: 6));

        Assert.Equal(["10", "8", "6"], Names(driver.Findings.Single()));
    }

    [Fact]
    public void A_late_sample_never_moves_what_is_pending_back()
    {
        Assert.Equal("15s Opened k", Story(Ten, new Sample(5, X: 9), new Sample(3, X: 9), new Sample(2, X: 1)));
        Assert.Equal("", Story(Ten, new Sample(5, X: 9), new Sample(8, X: 9), new Sample(7, X: 1)));
    }

    [Fact]
    public void What_is_pending_is_forgotten_once_it_is_false()
    {
        DetectorDriver driver = Drive(Ten, new Sample(0, X: 9), new Sample(1, X: 1));

        Assert.Equal(0, driver.StateCount);
    }

    [Fact]
    public void An_override_of_the_length_is_obeyed()
    {
        DurationOperand fromParams = DurationOperand.Of(_ => CelValue.Of(Duration.FromSeconds(3)));

        Assert.Equal("3s Opened k", Story(Ten with { For = fromParams }, new Sample(0, X: 9)));
    }

    [Fact]
    public void A_length_that_cannot_be_read_holds_nothing_and_is_counted()
    {
        DetectorDriver driver = Drive(Ten with { For = DurationOperand.Of(_ => CelValue.Of(3.0)) }, new Sample(0, X: 9));

        Assert.Empty(driver.Findings);
        Assert.Equal(1, driver.Errors);
    }

    private static HoldOptions Gap(int seconds) => Ten with { Gap = (DurationOperand)Seconds.Of(seconds) };

    private static DetectorDriver Drive(HoldOptions options, params Sample[] samples) => new DetectorDriver(new HoldDetector(options)).Feed(samples).Until(100);

    private static string Story(HoldOptions options, params Sample[] samples) =>
        string.Join(", ", Drive(options, samples).Changes.Select(finding => finding.ToString()));

    private static string Told(HoldOptions options, params Sample[] samples) =>
        string.Join(", ", Drive(options, samples).Findings.Select(finding => finding.ToString()));

    private static IEnumerable<string> Names(Finding finding) =>
        finding.Names.Select(value => value.IsDouble ? $"{value.AsDouble}" : value.IsInt ? $"{value.AsInt}" : $"{((Duration)value.Reference!).TotalSeconds}");
}
