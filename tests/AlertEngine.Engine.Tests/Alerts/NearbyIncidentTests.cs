using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: one incident that several sources see is one alert and one order. Method: two rules of one event class that merge within 200 m,
/// 10 minutes and an hour in all; devices at distances along a street.
/// </summary>
public sealed class NearbyIncidentTests
{
    // A meter along a meridian, in degrees of latitude.
    private const double DegreesPerMeter = 1 / 111_195.0;

    [Fact]
    public void Another_incident_nearby_joins_the_alert_and_its_order_says_so()
    {
        KernelRun run = NewRun().Events(At("cam", 1, 0, 1), At("drone", 3, 150, 2)).Recover().Events(At("drone", 5, 150, 0), At("cam", 6, 0, 0));

        Assert.Equal("1 opened, 3 updated, 5 updated, 6 cleared", StoryOf(run, "camera"));
        Assert.Equal("", StoryOf(run, "drone"));
        Assert.Equal("1 dispatched, 3 merged, 6 updated", OrdersOf(run, "camera"));
        Assert.Equal((2, "camera"), (run.Orders[1].GetProperty("mergedCount").GetInt32(), run.Orders[1].GetProperty("title").GetProperty("en").GetString()));
        Assert.Equal("cleared", run.Orders[^1].GetProperty("alertStatus").GetString());
    }

    [Theory]
    [InlineData("at the limit of the distance", 199, 3, true)]
    [InlineData("beyond the distance", 201, 3, false)]
    [InlineData("exactly after the time", 0, 11, true)]
    [InlineData("later than the time", 0, 11.1, false)]
    public void It_joins_within_meters_and_time(string why, double meters, double minute, bool joins)
    {
        KernelRun run = NewRun().Events(At("cam", 1, 0, 1), At("drone", minute, meters, 2));

        Assert.Equal((why, joins), (why, StoryOf(run, "drone").Length == 0));
    }

    [Fact]
    public void Each_joining_lengthens_the_time_but_not_beyond_the_span()
    {
        EventRecord[] chain = [.. Enumerable.Range(0, 8).Select(number => At($"cam-{number}", 1 + number * 9, number, 1))];

        // The eighth lies 63 minutes after the first.
        Assert.Equal(2, new KernelRun(Rules()).Events(chain).Orders.Count(order => order.GetProperty("operation").GetString() == "dispatched"));
    }

    [Fact]
    public void Joinings_do_not_wander_away_from_where_it_opened() =>
        Assert.Equal(2, NewRun().Events(At("a", 1, 0, 1), At("b", 2, 150, 1), At("c", 3, 300, 1)).Orders.Count(order => order.GetProperty("operation").GetString() == "dispatched"));

    [Fact]
    public void The_older_of_two_alerts_nearby_is_joined()
    {
        KernelRun run = NewRun().Events(At("a", 1, 0, 1), At("b", 2, 300, 1), At("c", 3, 150, 2));

        Assert.Equal("e1-a", run.Orders[^1].GetProperty("relatedEventIds")[0].GetString());
    }

    [Fact]
    public void One_that_has_cleared_is_taken_up_again_within_the_time()
    {
        KernelRun run = NewRun().Events(At("cam", 1, 0, 1), At("cam", 4, 0, 0)).RestoreSnapshot().Events(At("drone", 8, 100, 2));

        Assert.Equal("1 opened, 4 cleared, 8 opened", StoryOf(run, "camera"));
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void Other_classes_drills_and_places_unknown_do_not_join()
    {
        RuleSet rules = TestRules.Set(Merging("camera", 1), Merging("drone", 2) with { EventClass = ("city", "other") });
        Assert.Equal("3 opened", StoryOf(new KernelRun(rules).Events(At("cam", 1, 0, 1), At("drone", 3, 10, 2)), "drone"));
        Assert.Equal("3 opened", StoryOf(NewRun().Events(At("cam", 1, 0, 1, EventStatus.Exercise), At("drone", 3, 10, 2)), "drone"));
        Assert.Equal("3 opened", StoryOf(NewRun().Events(At("cam", 1, 0, 1), Event(3, 2, "drone")), "drone"));
    }

    [Fact]
    public void A_merge_in_a_silence_is_recorded_and_told_with_the_alert()
    {
        KernelRun run = NewRun().Command(Silence("s", 0, 5)).Events(At("cam", 1, 0, 1), At("drone", 3, 150, 2), Event(9, 0, "other"));

        Assert.Equal("1 suppressed by silence, 3 suppressed by silence, 5 opened", StoryOf(run, "camera"));
        Assert.Equal(2, Assert.Single(run.Orders).GetProperty("mergedCount").GetInt32());
    }

    private static RuleSet Rules() => TestRules.Set(Merging("camera", 1), Merging("drone", 2));

    private static KernelRun NewRun() => new(Rules());

    private static CompiledRule Merging(string id, int bit) => Rule(id, bit) with
    {
        EventClass = ("city", "smoke"),
        Reopen = Duration.Zero,
        Merge = new MergePlan(200, Duration.FromMinutes(10), Duration.FromHours(1)),
    };

    private static EventRecord At(string device, double minute, double meters, int bits, EventStatus status = EventStatus.Actual)
    {
        EventRecord @event = Event(minute, bits, device, status);
        @event.Slots[EventSlots.Geo] = new GeoPoint(32 + meters * DegreesPerMeter, 118.8).ToValue();
        return @event;
    }
}
