using AlertEngine.Rules.Detection.Change;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Change;

public sealed class ChangeTests
{
    [Fact]
    public void The_sample_before_may_be_older_by_a_tenth_and_no_more()
    {
        Assert.Equal("110s Opened k", Story(Drive(Options(ChangeMeasure.Delta), new Sample(0, X: 1), new Sample(110, X: 9))));
        Assert.Equal("", Story(Drive(Options(ChangeMeasure.Delta), new Sample(0, X: 1), new Sample(111, X: 9))));
        Assert.Equal("", Story(Drive(Options(ChangeMeasure.Delta), new Sample(0, X: 1), new Sample(99, X: 9))));
    }

    [Fact]
    public void A_rate_is_per_hour_that_really_elapsed()
    {
        ChangeOptions options = Options(ChangeMeasure.Rate) with { Tolerance = (DurationOperand)Seconds.Of(20) };
        DetectorDriver driver = Drive(options, new Sample(0, X: 1), new Sample(120, X: 9));

        Assert.Equal([240.0, 1.0, 9.0], driver.Findings[0].Names.Select(value => value.AsDouble));
    }

    [Fact]
    public void Percent_of_nothing_is_missing()
    {
        Assert.Equal(800, Drive(Options(ChangeMeasure.Percent), new Sample(0, X: 1), new Sample(100, X: 9)).Findings[0].Names[0].AsDouble);
        Assert.Equal("", Story(Drive(Options(ChangeMeasure.Percent), new Sample(0, X: 0), new Sample(100, X: 9))));
    }

    [Fact]
    public void Without_a_sample_to_compare_with_what_fires_goes_on_firing() =>
        Assert.Equal("100s Opened k", Story(Drive(Options(ChangeMeasure.Delta), new Sample(0, X: 1), new Sample(100, X: 9), new Sample(900, X: 1))));

    [Fact]
    public void A_late_sample_is_compared_with_later_but_not_judged() =>
        Assert.Equal("105s Opened k", Story(Drive(Options(ChangeMeasure.Delta), new Sample(50, X: 9), new Sample(2, X: 1), new Sample(105, X: 9))));

    private static ChangeOptions Options(ChangeMeasure measure) =>
        new(Conditions.ValueOfX, measure, Seconds.Of(100), Conditions.Own(ChangeNames.ValueSlot, value => value >= 5));

    private static DetectorDriver Drive(ChangeOptions options, params Sample[] samples) =>
        new DetectorDriver(new ChangeDetector(options)).Feed(samples).Until(5_000);

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
