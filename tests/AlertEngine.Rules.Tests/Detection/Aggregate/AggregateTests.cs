using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Aggregate;

public sealed class AggregateTests
{
    [Theory]
    [InlineData(AggregateFunction.Avg, 5.5)]
    [InlineData(AggregateFunction.Sum, 110)]
    [InlineData(AggregateFunction.Min, 1)]
    [InlineData(AggregateFunction.Max, 10)]
    [InlineData(AggregateFunction.P50, 5)]
    [InlineData(AggregateFunction.P95, 10)]
    [InlineData(AggregateFunction.P99, 10)]
    [InlineData(AggregateFunction.Stddev, 2.8722813232690143)]
    public void Percentiles_are_nearest_ranks_and_the_deviation_is_that_of_the_population(AggregateFunction function, double expected)
    {
        DetectorDriver driver = Drive(Options(function, _ => true), [.. Enumerable.Range(1, 20).Select(at => new Sample(at, X: (at + 1) / 2))]);

        Assert.Equal(expected, driver.Findings[^1].Names[AggregateNames.ValueSlot].AsDouble, 12);
        Assert.Equal(20, driver.Findings[^1].Names[AggregateNames.SamplesSlot].AsInt);
    }

    [Fact]
    public void Too_few_samples_have_no_value_and_neither_fire_nor_clear()
    {
        AggregateOptions options = Options(AggregateFunction.Avg, value => value >= 5) with { MinSamples = 2, Window = Seconds.Of(10) };

        Assert.Equal("2s Opened k", Story(Drive(options, new Sample(0, X: 9), new Sample(2, X: 9), new Sample(50, X: 1))));
    }

    [Fact]
    public void A_sliding_window_that_empties_changes_nothing_until_the_next_event() =>
        Assert.Equal("0s Opened k, 500s Cleared k Cleared", Story(Drive(Options(AggregateFunction.Max, value => value >= 5), new Sample(0, X: 9), new Sample(500, X: 1))));

    [Fact]
    public void An_empty_tumbling_window_sums_to_nothing_but_has_no_average()
    {
        AggregateOptions sum = Options(AggregateFunction.Sum, value => value >= 5) with { WindowKind = WindowKind.Tumbling, Window = Seconds.Of(3_600) };

        Assert.Equal("3600s Opened k, 7200s Cleared k Cleared", Story(Drive(sum, new Sample(1, X: 9))));
        Assert.Equal("3600s Opened k", Story(Drive(sum with { Function = AggregateFunction.Avg }, new Sample(1, X: 9))));
    }

    [Fact]
    public void A_sum_of_integers_is_an_integer()
    {
        DetectorDriver driver = Drive(Options(AggregateFunction.Sum, _ => true) with { IsInteger = true }, new Sample(0, X: 9));

        Assert.True(driver.Findings[0].Names[AggregateNames.ValueSlot].IsInt);
        Assert.Equal(CelType.Dyn, AggregateNames.For(AggregateFunction.Sum, isInteger: true).Find("value")?.Type);
        Assert.Equal(CelType.Double, AggregateNames.For(AggregateFunction.Avg, isInteger: true).Find("value")?.Type);
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_sample_goes_and_is_counted()
    {
        DetectorDriver driver = Drive(
            Options(AggregateFunction.Max, value => value >= 5) with { Window = NodaTime.Duration.FromDays(1) },
            [.. Enumerable.Range(0, WindowLimits.SampleLimit + 1).Select(at => new Sample(at, X: at == 0 ? 9 : 1))]);

        Assert.Equal(1, driver.Overflows);
        Assert.Equal($"0s Opened k, {WindowLimits.SampleLimit}s Cleared k Cleared", Story(driver));
    }

    private static AggregateOptions Options(AggregateFunction function, Func<double, bool> when) =>
        new(Conditions.ValueOfX, function, Seconds.Of(100), Conditions.Own(AggregateNames.ValueSlot, when));

    private static DetectorDriver Drive(AggregateOptions options, params Sample[] samples) =>
        new DetectorDriver(AggregateDetector.Create(options)).Feed(samples).Until(200_000);

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
