using AlertEngine.Rules.Detection.Correlate;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Matching;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Correlate;

public sealed class CorrelateTests
{
    private const uint Smoke = 1;
    private const uint Video = 2;
    private static readonly GeoPoint Here = new(32.04, 118.78);
    private static readonly GeoPoint Near = new(32.0405, 118.7803);
    private static readonly GeoPoint Far = new(32.05, 118.78);

    [Fact]
    public void Members_of_two_kinds_fire_and_a_later_one_joins_the_same_alert()
    {
        DetectorDriver driver = Drive(Two, At(0, Smoke, Here) with { Id = "one" }, At(40, Video, Near), At(200, Smoke, Near));

        Assert.Equal("40s Opened k[s/one], 800s Cleared k[s/one] Quiet", Story(driver));
        Assert.Equal([2, 3, 3], driver.Findings.Select(finding => finding.Contributions));
        Assert.Equal("one", driver.Findings[0].Names[CorrelateNames.FirstSlot].AsString);
    }

    [Fact]
    public void Two_members_of_one_kind_are_not_two_kinds() =>
        Assert.Equal("", Story(Drive(Two, At(0, Smoke, Here), At(1, Smoke, Here))));

    [Fact]
    public void A_member_just_within_counts_and_a_second_later_does_not()
    {
        Assert.Equal("120s Opened k[s/], 720s Cleared k[s/] Quiet", Story(Drive(Two, At(0, Smoke, Here), At(120, Video, Near))));
        Assert.Equal("", Story(Drive(Two, At(0, Smoke, Here), At(121, Video, Near))));
    }

    [Fact]
    public void What_is_far_away_is_another_incident()
    {
        CorrelateOptions one = Two with { AtLeast = 1 };
        DetectorDriver driver = Drive(one, At(0, Smoke, Here) with { Id = "a" }, At(30, Video, Far) with { Id = "b" });

        Assert.Equal("0s Opened k[s/a], 30s Opened k[s/b], 600s Cleared k[s/a] Quiet, 630s Cleared k[s/b] Quiet", Story(driver));
    }

    [Fact]
    public void An_event_without_a_position_cannot_be_judged_where_there_is_a_radius()
    {
        DetectorDriver driver = Drive(Two, At(0, Smoke, Here), At(1, Video, null));

        Assert.Equal("", Story(driver));
        Assert.Equal(1, driver.Errors);
    }

    [Fact]
    public void A_member_at_the_instant_of_quiet_joins() =>
        Assert.Equal("0s Opened k[s/], 1200s Cleared k[s/] Quiet", Story(Drive(Two with { AtLeast = 1 }, At(0, Smoke, Here), At(600, Smoke, Here))));

    [Fact]
    public void Distances_are_those_of_the_globe()
    {
        // A degree of the meridian; a degree of the parallel at 60° is half of one at the equator.
        Assert.Equal(111_195, GreatCircle.Meters(new(31, 118), new(32, 118)), 1.0);
        Assert.Equal(55_597, GreatCircle.Meters(new(60, 10), new(60, 11)), 5.0);
        Assert.Equal(0, GreatCircle.Meters(Here, Here));
    }

    [Fact]
    public void Groups_beyond_the_limit_are_counted_and_not_begun()
    {
        DetectorDriver driver = Drive(
            Two with { Within = Seconds.Of(5_000) },
            [.. Enumerable.Range(0, CorrelateOptions.GroupLimit + 1).Select(at => At(at, Smoke, new GeoPoint(at * 0.01, 0)))]);

        Assert.Equal(1, driver.Overflows);
    }

    private static CorrelateOptions Two => new([new("smoke", null), new("video", null)], 2, Seconds.Of(120), Seconds.Of(600)) { Radius = (NumberOperand)200.0 };

    private static Sample At(int at, uint sources, GeoPoint? geo) => new(at, Sources: sources) { Geo = geo };

    private static DetectorDriver Drive(CorrelateOptions options, params Sample[] samples) =>
        new DetectorDriver(new CorrelateDetector(options)).Feed(samples).Until(10_000);

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
