using AlertEngine.Rules.Detection.Count;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Count;

public sealed class CountTests
{
    private static readonly CountOptions Two = new(2, Seconds.Of(10)) { When = Conditions.X(x => x >= 5) };

    [Fact]
    public void It_clears_by_timer_at_the_instant_at_which_a_match_leaves()
    {
        Assert.Equal("5s Opened k, 10s Cleared k BelowThreshold", Story(Drive(Two, new Sample(0, X: 9), new Sample(5, X: 9))));
    }

    [Fact]
    public void A_window_is_open_at_its_beginning()
    {
        Assert.Equal("", Story(Drive(Two, new Sample(0, X: 9), new Sample(10, X: 9))));
        Assert.Equal("9s Opened k, 10s Cleared k BelowThreshold", Story(Drive(Two, new Sample(0, X: 9), new Sample(9, X: 9))));
    }

    [Fact]
    public void Matches_of_the_instant_make_up_for_those_that_leave()
    {
        DetectorDriver driver = Drive(Two with { AtLeast = 3 }, new Sample(0, X: 9), new Sample(0, X: 9), new Sample(5, X: 9), new Sample(10, X: 9), new Sample(10, X: 9));

        Assert.Equal("5s Opened k, 15s Cleared k BelowThreshold", Story(driver));
    }

    [Fact]
    public void The_value_is_told_as_it_rises_and_falls()
    {
        DetectorDriver driver = Drive(Two, new Sample(0, X: 9), new Sample(1, X: 9), new Sample(2, X: 9));

        Assert.Equal([2, 3, 2, 1], driver.Findings.Select(finding => finding.Names[CountNames.ValueSlot].AsInt));
    }

    [Fact]
    public void Beyond_what_is_kept_the_count_stays_and_is_counted_as_overflow()
    {
        DetectorDriver driver = Drive(Two with { Keep = 3 }, [.. Enumerable.Range(0, 6).Select(at => new Sample(at, X: 9))]);

        Assert.Equal(3, driver.Overflows);
        Assert.Equal(3, driver.Findings.Max(finding => finding.Names[CountNames.ValueSlot].AsInt));
        Assert.Equal("1s Opened k, 14s Cleared k BelowThreshold", Story(driver));
    }

    [Fact]
    public void A_late_match_counts_in_the_window_as_it_is_now()
    {
        Assert.Equal("20s Opened k, 25s Cleared k BelowThreshold", Story(Drive(Two, new Sample(20, X: 9), new Sample(15, X: 9))));
        Assert.Equal("", Story(Drive(Two, new Sample(20, X: 9), new Sample(10, X: 9))));
    }

    [Fact]
    public void A_key_without_matches_in_the_window_is_forgotten() =>
        Assert.Equal(0, Drive(Two, new Sample(0, X: 9)).StateCount);

    [Fact]
    public void Tumbling_windows_are_judged_at_their_ends_and_an_event_at_the_end_is_in()
    {
        CountOptions hourly = Two with { Window = Seconds.Of(3_600), WindowKind = WindowKind.Tumbling };

        Assert.Equal("3600s Opened k, 7200s Cleared k BelowThreshold", Story(Drive(hourly, new Sample(1, X: 9), new Sample(3_600, X: 9))));
        Assert.Equal("", Story(Drive(hourly, new Sample(3_600, X: 9), new Sample(3_601, X: 9))));
    }

    [Fact]
    public void Tumbling_windows_are_aligned_to_midnight_of_the_city()
    {
        DateTimeZone halfPast = DateTimeZone.ForOffset(Offset.FromHoursAndMinutes(5, 30));
        CountOptions options = Two with { Window = Seconds.Of(3_600), WindowKind = WindowKind.Tumbling, Zone = halfPast };

        Assert.Equal("1800s Opened k, 5400s Cleared k BelowThreshold", Story(Drive(options, new Sample(10, X: 9), new Sample(1_800, X: 9))));
    }

    private static DetectorDriver Drive(CountOptions options, params Sample[] samples) =>
        new DetectorDriver(CountDetector.Create(options)).Feed(samples).Until(20_000);

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
