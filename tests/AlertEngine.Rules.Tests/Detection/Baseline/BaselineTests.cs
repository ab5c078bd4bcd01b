using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Baseline;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Baseline;

public sealed class BaselineTests
{
    [Theory]
    [InlineData(BaselineMethod.Ewma)]
    [InlineData(BaselineMethod.Mad)]
    public void Nothing_is_said_during_the_warm_up(BaselineMethod method) =>
        Assert.Empty(Drive(method, [.. Steady(0, 50), new Sample(59, X: 900)]).Findings);

    [Theory]
    [InlineData(BaselineMethod.Ewma)]
    [InlineData(BaselineMethod.Mad)]
    public void What_is_far_away_fires_upwards_and_downwards_and_clears_when_usual(BaselineMethod method)
    {
        Assert.Equal(["100s Opened k", "101s Cleared k Cleared"], Story(Drive(method, [.. Steady(0, 100), new Sample(100, X: 60), new Sample(101, X: 50)])));
        Assert.Equal(["100s Opened k", "101s Cleared k Cleared"], Story(Drive(method, [.. Steady(0, 100), new Sample(100, X: 40), new Sample(101, X: 50)])));
    }

    [Fact]
    public void A_value_that_never_moved_is_known_to_a_hundredth()
    {
        Sample[] constant = [.. Enumerable.Range(0, 100).Select(at => new Sample(at, X: 50))];

        Assert.Empty(Story(Drive(BaselineMethod.Mad, [.. constant, new Sample(100, X: 51.9)])));
        Assert.Equal(["100s Opened k"], Story(Drive(BaselineMethod.Mad, [.. constant, new Sample(100, X: 52.1)])));
    }

    [Fact]
    public void A_sensor_that_mostly_tells_one_number_is_known_by_the_others_it_tells()
    {
        // Two of three are 50, the others 50 ± 6: the median distance is zero, the mean distance two.
        Sample[] coarse = [.. Enumerable.Range(0, 99).Select(at => new Sample(at, X: at % 3 == 0 ? 50 + 6 * (at % 2 == 0 ? 1 : -1) : 50))];

        Assert.Empty(Story(Drive(BaselineMethod.Mad, [.. coarse, new Sample(100, X: 59)])));
        Assert.Equal(["100s Opened k"], Story(Drive(BaselineMethod.Mad, [.. coarse, new Sample(100, X: 61)])));
    }

    [Fact]
    public void An_anomaly_does_not_become_the_norm_it_is_judged_by()
    {
        Sample[] burst = [.. Enumerable.Range(100, 10).Select(at => new Sample(at, X: 500))];
        DetectorDriver driver = Drive(BaselineMethod.Ewma, [.. Steady(0, 100), .. burst, .. Steady(110, 10)]);

        Assert.Equal(["100s Opened k", "110s Cleared k Cleared"], Story(driver));
        Assert.InRange(driver.Findings[^1].Names[BaselineNames.ExpectedSlot].AsDouble, 48, 70);
    }

    [Fact]
    public void The_hour_of_the_day_has_a_level_of_its_own()
    {
        var options = new BaselineOptions(Conditions.ValueOfX, BaselineMethod.Seasonal, Duration.FromDays(5), Conditions.Own(BaselineNames.ScoreSlot, score => score > 4));
        // Ten at night, ninety by day: ninety at two in the morning is odd although it is seen every noon.
        Sample[] days = [.. Enumerable.Range(0, 6 * 48).Select(half => new Sample(half * 1_800, X: (half % 48 is >= 16 and < 40 ? 90 : 10) + half % 3))];
        DetectorDriver driver = new DetectorDriver(new BaselineDetector(options)).Feed(days).Feed(new Sample(6 * 86_400 + 7_200, X: 90));

        Assert.Equal([$"{6 * 86_400 + 7_200}s Opened k"], Story(driver));
    }

    [Fact]
    public void What_came_late_is_neither_judged_nor_learned_from()
    {
        DetectorDriver driver = Drive(BaselineMethod.Ewma, [.. Steady(0, 100)]);
        string before = driver.Stored("k");
        driver.Feed(new Sample(5, X: 900));

        Assert.Equal(before, driver.Stored("k"));
        Assert.Empty(driver.Findings);
    }

    [Fact]
    public void A_bucket_must_divide_its_season() =>
        Assert.Equal(
            "a season of 1:00:00:00 has no buckets of 0:07:00:00 (Parameter 'bucket')",
            Assert.Throws<ArgumentException>(() => new BaselineDetector(Options(BaselineMethod.Seasonal) with { Bucket = Duration.FromHours(7) })).Message);

    private static IEnumerable<Sample> Steady(int from, int count) => Enumerable.Range(from, count).Select(at => new Sample(at, X: 49 + at % 3));

    private static BaselineOptions Options(BaselineMethod method) =>
        new(Conditions.ValueOfX, method, Seconds.Of(60), Conditions.Own(BaselineNames.ScoreSlot, score => score > 4)) { HalfLife = Duration.FromHours(1) };

    private static DetectorDriver Drive(BaselineMethod method, params Sample[] samples) =>
        new DetectorDriver(new BaselineDetector(Options(method))).Feed(samples);

    private static string[] Story(DetectorDriver driver) => [.. driver.Changes.Select(finding => finding.ToString())];
}
