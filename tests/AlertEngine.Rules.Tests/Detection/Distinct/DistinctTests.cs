using AlertEngine.Rules.Detection.Distinct;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Distinct;

public sealed class DistinctTests
{
    private static readonly DistinctOptions Two = new(Conditions.ValueOfText, 2, Seconds.Of(10));

    [Fact]
    public void A_value_seen_again_counts_once_and_stays_longer()
    {
        DetectorDriver driver = Drive(Two, new Sample(0, Text: "a"), new Sample(2, Text: "a"), new Sample(3, Text: "b"), new Sample(8, Text: "a"));

        Assert.Equal("3s Opened k, 13s Cleared k BelowThreshold", Story(driver));
    }

    [Fact]
    public void An_event_without_the_value_counts_for_nothing()
    {
        DetectorDriver driver = Drive(Two, new Sample(0, Text: "a"), new Sample(1));

        Assert.Equal("", Story(driver));
        Assert.Equal(1, driver.Errors);
    }

    [Fact]
    public void Beyond_what_is_kept_the_count_stays_and_clears_as_if_all_were_kept()
    {
        DetectorDriver driver = Drive(Two with { Keep = 3 }, [.. Enumerable.Range(0, 6).Select(at => new Sample(at, Text: $"v{at}"))]);

        Assert.Equal(3, driver.Overflows);
        Assert.Equal(3, driver.Findings.Max(finding => finding.Names[DistinctNames.CountSlot].AsInt));
        Assert.Equal("1s Opened k, 14s Cleared k BelowThreshold", Story(driver));
    }

    private static DetectorDriver Drive(DistinctOptions options, params Sample[] samples) =>
        new DetectorDriver(DistinctDetector.Create(options)).Feed(samples).Until(1_000);

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
