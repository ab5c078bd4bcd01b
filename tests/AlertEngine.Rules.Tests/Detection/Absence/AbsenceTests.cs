using AlertEngine.Rules.Detection.Absence;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Absence;

public sealed class AbsenceTests
{
    private static readonly AbsenceOptions Minute = new(Seconds.Of(60)) { List = ["a"] };

    [Fact]
    public void A_member_never_seen_counts_from_the_start_of_the_rule()
    {
        DetectorDriver driver = Drive(Minute, "a").Until(1_000);

        Assert.Equal("60s Opened a", Story(driver));
        Assert.Equal(Duration.FromSeconds(60), driver.Findings[0].Names[AbsenceNames.ElapsedSlot].Reference);
        Assert.Equal("a", driver.Findings[0].Names[AbsenceNames.MemberSlot].AsString);
    }

    [Fact]
    public void An_event_at_the_very_instant_prevents_it() =>
        Assert.Equal("120s Opened a", Story(Drive(Minute, "a").Feed(new Sample(60, Key: "a")).Until(1_000)));

    [Fact]
    public void Without_a_clear_block_the_first_event_clears_and_the_total_silence_is_told()
    {
        DetectorDriver driver = Drive(Minute, "a").Feed(new Sample(90, Key: "a"));

        Assert.Equal("60s Opened a, 90s Cleared a Cleared", Story(driver));
        Assert.Equal(Duration.FromSeconds(90), driver.Findings[1].Names[AbsenceNames.ElapsedSlot].Reference);
    }

    [Fact]
    public void Within_counts_an_event_that_is_just_so_old()
    {
        AbsenceOptions options = Minute with { Clear = new AbsenceClear(2, Seconds.Of(20)) };

        Assert.Equal("60s Opened a, 90s Cleared a Cleared", Story(Drive(options, "a").Feed(new Sample(70, Key: "a"), new Sample(90, Key: "a"))));
        Assert.Equal("60s Opened a", Story(Drive(options, "a").Feed(new Sample(70, Key: "a"), new Sample(91, Key: "a"))));
    }

    [Fact]
    public void Who_is_no_member_is_never_missed() =>
        Assert.Equal(2, Drive(Minute, "a").Feed(new Sample(1, Key: "b")).StateCount);

    [Fact]
    public void Silence_of_more_than_half_is_one_alert_and_the_single_ones_come_when_it_clears()
    {
        DetectorDriver driver = Drive(Minute, "a", "b", "c", "d")
            .Feed(new Sample(10, Key: "d"), new Sample(70, Key: "d"), new Sample(75, Key: "c")).Until(80);

        Assert.Equal("60s Opened source-stalled, 75s Cleared source-stalled Cleared, 75s Opened a, 75s Opened b", Story(driver));
    }

    [Fact]
    public void Half_is_not_more_than_half_and_three_members_are_no_source()
    {
        Assert.Equal("60s Opened a, 60s Opened b", Story(Drive(Minute, "a", "b", "c", "d").Feed(new Sample(10, Key: "c"), new Sample(10, Key: "d")).Until(60)));
        Assert.Equal("60s Opened a, 60s Opened b, 60s Opened c", Story(Drive(Minute, "a", "b", "c").Until(60)));
    }

    [Fact]
    public void What_fires_already_stays_through_a_stall()
    {
        DetectorDriver driver = Drive(Minute, "a", "b", "c", "d").Feed(new Sample(30, Key: "b"), new Sample(30, Key: "c"), new Sample(30, Key: "d")).Until(200);

        Assert.Equal("60s Opened a, 90s Opened source-stalled", Story(driver));
    }

    [Fact]
    public void Who_leaves_the_population_clears_as_inactive()
    {
        DetectorDriver driver = Drive(Minute, "a").Until(60);
        driver.Leave("a", 70);

        Assert.Equal("60s Opened a, 70s Cleared a Inactive", Story(driver));
        Assert.Equal(1, driver.StateCount);
    }

    [Fact]
    public void Who_was_seen_is_a_member_for_so_long_and_what_fires_for_it_stays()
    {
        DetectorDriver driver = new DetectorDriver(new AbsenceDetector(new AbsenceOptions(Seconds.Of(60)) { Seen = (DurationOperand)Seconds.Of(100) }))
            .Feed(new Sample(0, Key: "a")).Until(500).Feed(new Sample(500, Key: "a"));

        Assert.Equal("60s Opened a, 500s Cleared a Cleared", Story(driver));
    }

    private static DetectorDriver Drive(AbsenceOptions options, params string[] members)
    {
        var driver = new DetectorDriver(new AbsenceDetector(options));
        foreach (string member in members)
            driver.Enter(member, 0);
        return driver;
    }

    private static string Story(DetectorDriver driver) => string.Join(", ", driver.Changes.Select(finding => finding.ToString()));
}
