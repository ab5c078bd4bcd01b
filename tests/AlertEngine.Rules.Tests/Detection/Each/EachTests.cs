using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Matching;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Each;

public sealed class EachTests
{
    private static readonly EachOptions Matching = new(Conditions.X(x => x >= 5));

    [Fact]
    public void Once_is_a_shot_at_each_match_and_keeps_no_state()
    {
        DetectorDriver driver = Drive(Matching with { IsOnce = true }).Feed(new Sample(1, X: 9), new Sample(2, X: 1), new Sample(3, X: 9));

        Assert.Equal("1s Shot k, 3s Shot k", Story(driver));
        Assert.Equal(0, driver.StateCount);
    }

    [Fact]
    public void A_match_at_the_instant_of_quiet_goes_on_firing()
    {
        DetectorDriver driver = Drive(Matching with { Quiet = (DurationOperand)Seconds.Of(10) })
            .Feed(new Sample(0, X: 9), new Sample(10, X: 9)).Until(100);

        Assert.Equal("0s Opened k, 10s Updated k, 20s Cleared k Quiet", Story(driver));
    }

    [Fact]
    public void A_clearing_that_was_seen_true_needs_no_further_event()
    {
        DetectorDriver driver = Drive(Clearing(5)).Feed(new Sample(0, X: 9), new Sample(3, Y: 9)).Until(100);

        Assert.Equal("0s Opened k, 8s Cleared k Cleared", Story(driver));
    }

    [Fact]
    public void A_field_that_is_missing_neither_fires_nor_clears_and_is_counted()
    {
        DetectorDriver driver = Drive(Clearing(0)).Feed(new Sample(0), new Sample(1, X: 9), new Sample(2)).Until(100);

        Assert.Equal("1s Opened k", Story(driver));
        Assert.True(driver.Errors >= 2);
    }

    [Fact]
    public void An_event_older_than_the_last_match_opens_but_never_clears()
    {
        DetectorDriver driver = Drive(Clearing(0)).Feed(new Sample(10, X: 9), new Sample(4, X: 1, Y: 9), new Sample(10, X: 1, Y: 9), new Sample(7, X: 9));

        Assert.Equal("10s Opened k, 10s Cleared k Cleared, 7s Opened k", Story(driver));
    }

    [Fact]
    public void What_a_match_says_ends_at_the_instant_that_the_latest_one_names()
    {
        DetectorDriver driver = Drive(Expiring).Feed(new Sample(0, X: 9, Y: 50), new Sample(10, X: 9, Y: 30), new Sample(30, X: 1)).Until(100);

        Assert.Equal("0s Opened k, 10s Updated k, 30s Cleared k Expired", Story(driver));
    }

    [Fact]
    public void An_end_may_come_before_the_expiry_and_a_match_without_one_stands()
    {
        DetectorDriver driver = Drive(Expiring with { Clear = new ClearOptions(Conditions.X(x => x < 5), default) })
            .Feed(new Sample(0, X: 9, Y: 50), new Sample(10, X: 1), new Sample(60, X: 9), new Sample(90, X: 1)).Until(200);

        Assert.Equal("0s Opened k, 10s Cleared k Cleared, 60s Opened k, 90s Cleared k Cleared", Story(driver));
    }

    [Fact]
    public void A_match_that_is_over_already_opens_nothing_and_ends_what_fires()
    {
        DetectorDriver driver = Drive(Expiring).Feed(new Sample(10, X: 9, Y: 10), new Sample(20, X: 9, Y: 90), new Sample(40, X: 9, Y: 15)).Until(200);

        Assert.Equal("20s Opened k, 40s Updated k, 40s Cleared k Expired", Story(driver));
    }

    [Fact]
    public void The_opening_event_is_named()
    {
        DetectorDriver driver = Drive(Clearing(0)).Feed(new Sample(0, X: 9) { Id = "e-1" });

        Assert.Equal("e-1", driver.Findings.Single().OpenerId);
    }

    private static EachOptions Clearing(int wait) => Matching with { Clear = new ClearOptions(Conditions.Y(y => y >= 5), Seconds.Of(wait)) };

    /// <summary>Over at second Y.</summary>
    private static EachOptions Expiring => Matching with { Expires = frame => frame.Records[FrameRecords.Event][Sample.YSlot] is { IsDouble: true } second ? CelValue.Of(Instant.FromUnixTimeTicks(Seconds.Ticks((int)second.AsDouble))) : default };

    private static DetectorDriver Drive(EachOptions options) => new(new EachDetector(options));

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Findings.Select(finding => finding.ToString()));
}
