using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: what the city says depends on the events alone, not on how many lanes its districts have, how their records reach it, how batches are
/// cut or who dies when. Method: one random day in several layouts with the real kernels, the messages held against each other byte for byte.
/// </summary>
public sealed class CityLaneTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 1, 0, 0);

    private const string File = """
        alertengine: rules/v1
        pack: centre
        events:
          water.level: { level_m: { type: double, unit: m, range: [-5, 30] } }
          crowd: { people: { type: int } }
        rules:
          - id: high
            name: { zh: 高, en: high }
            owner: tests
            stage: live
            source: { type: water.level }
            lateness: 5s
            detect: { each: { when: event.level_m > 3.0, quiet: 4m } }
            severity: { base: yellow }
            title: high
            routes: [ { to: unit } ]
          - id: long-high
            name: { zh: 久, en: long }
            owner: tests
            stage: live
            source: { type: water.level }
            lateness: 20s
            detect: { hold: { when: event.level_m > 3.0, for: 1m } }
            severity: { base: yellow }
            title: long
            routes: [ { to: unit } ]
          - id: three-districts
            name: { zh: 三区, en: three districts }
            owner: tests
            stage: live
            scope: city
            source: { alert: [high, long-high] }
            key: "'city'"
            detect: { distinct: { of: event.district, at_least: 3, window: 5m } }
            severity: { base: orange }
            title: "{distinct.count} districts, last {event.key}"
            routes: [ { to: centre } ]
          - id: every-alert
            name: { zh: 每个, en: each }
            owner: tests
            stage: live
            scope: city
            source: { alert: high }
            lateness: 0s
            detect: { each: { when: event.severity == 'yellow', quiet: 1m } }
            severity: { base: blue }
            title: "{event.key}"
            routes: [ { to: centre } ]
          - id: crowds
            name: { zh: 人流, en: crowds on both sides of a border }
            owner: tests
            stage: live
            scope: city
            source: { type: crowd }
            key: event.type
            lateness: 10s
            detect: { count: { when: event.people > 500, at_least: 3, window: 2m } }
            severity: { base: red }
            title: "{count.value}"
            routes: [ { to: centre } ]
        """;

    private static readonly RuleSet Rules = CityRun.Load(File);

    [Fact]
    public void Three_districts_with_flood_alerts_are_one_order_of_the_city_and_their_own_orders_stay_theirs()
    {
        CityRun run = new CityRun(Rules, 4, null).Over([Level("D1", 0), Level("D2", 60), Level("D3", 120), Level("D1", 400, 1.0)]);
        JsonElement order = Order(Assert.Single(CityRun.Texts(run.City, OutputKind.WorkOrder), text => text.Contains("three-districts", StringComparison.Ordinal) && text.Contains("dispatched.v1", StringComparison.Ordinal)));
        Assert.Equal(("city", "centre", "3 districts, last W-D3"), (order.GetProperty("location").GetProperty("district").GetString(), order.GetProperty("lead").GetString(), order.GetProperty("title").GetProperty("en").GetString()));
        Assert.DoesNotContain(run.City, output => output.DispatchedTo == "unit");
        Assert.Equal(3, CityRun.Texts(run.Said.Where(said => said.Output.DispatchedTo == "unit").Select(said => said.Output), OutputKind.WorkOrder).Count(text => !text.Contains("long-high", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Lanes_cuts_interleavings_and_deaths_change_no_byte_of_what_the_city_says(int seed)
    {
        for (int round = 0; round < 3; round++)
        {
            List<(string District, string Line)> day = Day(new Random((seed * 100) + round));
            string[] districts = Sorted(new CityRun(Rules, 1, null).Over(day)), city = Whole(new CityRun(Rules, 1, null).Over(day));
            Assert.Contains(city, text => text.Contains("crowds", StringComparison.Ordinal));
            Assert.Contains(city, text => text.Contains("three-districts", StringComparison.Ordinal));
            foreach (int lanes in (int[])[1, 4, 12])
            {
                CityRun run = new CityRun(Rules, lanes, new Random((seed * 1_000) + (round * 10) + lanes)).Over(day);
                Assert.Equal(city, Whole(run));
                Assert.Equal(districts, Sorted(run));
            }
        }
    }

    [Fact]
    public void A_watermark_sent_before_its_alerts_is_seen_in_what_the_city_says()
    {
        // The same comparison finds the mistake that it is there to find: without this, it could be blind.
        List<(string District, string Line)> day = Day(new Random(100));
        string[] right = Whole(new CityRun(Rules, 4, null).Over(day));
        Assert.NotEqual(right, Whole(new CityRun(Rules, 4, new Random(1)) { BeatsAheadOfAlerts = true }.Over(day)));
    }

    [Fact]
    public void A_lane_that_was_never_heard_holds_the_time_of_the_city_back_until_it_was_silent_for_long()
    {
        MemoryWorld world = MemoryWorld.Told([Told(0, "a1,3201,30,p", LaneTopics.EventKey, 20), Told(0, "", LaneTopics.BeatKey, 50)]);
        LaneOptions options = new() { Lane = 2, SendingLanes = 2, CityCode = "320100" };
        InMemoryLane lane = new(world, options, LaneBuilders.Rules(0), null) { NowTicks = 100 * TimeSpan.TicksPerSecond };
        lane.Run(60);
        Assert.DoesNotContain(lane.Evaluated.SelectMany(batch => batch.Steps), step => step.Event is not null);

        lane.NowTicks = 300 * TimeSpan.TicksPerSecond;
        lane.Give(new LaneInput.Tick(lane.NowTicks));
        lane.Go(20);
        Assert.Equal("320100", Assert.Single(lane.Evaluated, batch => batch.Steps.Any(step => step.Event is not null)).District);
    }

    [Fact]
    public void A_lane_that_has_been_silent_for_longer_than_others_may_be_idle_holds_the_time_of_the_city_back_no_more()
    {
        MemoryWorld world = MemoryWorld.Told([Told(1, "", LaneTopics.BeatKey, 10), Told(0, "a1,3201,30,p", LaneTopics.EventKey, 20), Told(0, "", LaneTopics.BeatKey, 50)]);
        LaneOptions options = new() { Lane = 2, SendingLanes = 2, CityCode = "320100", Idle = Duration.FromSeconds(40) };
        InMemoryLane lane = new(world, options, LaneBuilders.Rules(0), null) { NowTicks = 100 * TimeSpan.TicksPerSecond };
        lane.Run(60);
        foreach (int second in new[] { 110, 140 })
        {
            Tick(lane, second);
            Assert.DoesNotContain(lane.Evaluated.SelectMany(batch => batch.Steps), step => step.Event is not null);
        }

        Tick(lane, 141);
        Assert.Contains(lane.Evaluated.SelectMany(batch => batch.Steps), step => step.Event is not null);
    }

    private static void Tick(InMemoryLane lane, int second)
    {
        lane.NowTicks = second * TimeSpan.TicksPerSecond;
        lane.Give(new LaneInput.Tick(lane.NowTicks));
        lane.Go(20);
    }

    [Fact]
    public void An_idle_lane_tells_the_city_its_time_at_its_pace_and_not_with_every_tick()
    {
        MemoryWorld world = new([]);
        InMemoryLane lane = new(world, new LaneOptions { CityCode = "320100", CityBeat = Duration.FromSeconds(1) }, LaneBuilders.Rules(5), null) { NowTicks = 100 * TimeSpan.TicksPerSecond };
        lane.Run(60);
        for (int tick = 1; tick <= 20; tick++)
        {
            lane.NowTicks = (200 * TimeSpan.TicksPerSecond) + (tick * TimeSpan.TicksPerSecond / 4);
            lane.Give(new LaneInput.Tick(lane.NowTicks));
            lane.Go(10);
        }

        // The clock less the wait for idle inputs and the lateness, each second.
        Assert.Equal([65, 165.25, 166.25, 167.25, 168.25, 169.25], world.Visible.Select(output => output.Output.Transit!.Value.WatermarkTicks / (double)TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void A_lane_that_was_restarted_tells_its_time_once_and_then_waits_for_it_to_go_on()
    {
        MemoryWorld world = new([]);
        foreach (int _ in (int[])[1, 2, 3])
            new InMemoryLane(world, new LaneOptions { CityCode = "320100", CityBeat = Duration.FromSeconds(1) }, LaneBuilders.Rules(5), null) { NowTicks = 100 * TimeSpan.TicksPerSecond }.Run(200);
        Assert.Equal([65, 65, 65], world.Visible.Select(output => output.Output.Transit!.Value.WatermarkTicks / TimeSpan.TicksPerSecond));
        Assert.Equal(3, world.Rows.OfType<BatchPart>().Count());
    }

    private static (int Lane, Output Output) Told(int lane, string line, string key, int watermarkSeconds) =>
        (lane, new Output(OutputKind.City, LaneTopics.City, key, System.Text.Encoding.UTF8.GetBytes(line)) { Transit = new OutputTransit(watermarkSeconds * TimeSpan.TicksPerSecond, 0) });

    private static string[] Whole(CityRun run) => CityRun.Texts(run.City, OutputKind.Alert, OutputKind.WorkOrder, OutputKind.DeadLetter);

    private static string[] Sorted(CityRun run) =>
        [.. CityRun.Texts(run.Said.Select(said => said.Output), OutputKind.Alert, OutputKind.WorkOrder, OutputKind.DeadLetter).Order(StringComparer.Ordinal)];

    private static JsonElement Order(string text) => JsonDocument.Parse(text).RootElement.GetProperty("data");

    /// <summary>Twelve districts for forty minutes, up to five seconds out of order, and at the end a reading in each, so that all lanes end at one time.</summary>
    private static List<(string District, string Line)> Day(Random random)
    {
        List<(string District, string Line, int ArrivesAt)> day = [];
        for (int i = 0; i < 160; i++)
        {
            string district = District(random.Next(12));
            // No two at one instant: they would have one id.
            int second = (i * 15) + random.Next(15);
            (string, string Line) one = random.Next(3) == 0 ? Crowd(district, second, random.Next(1_000)) : Level(district, second, random.Next(60) / 10.0);
            day.Add((district, one.Line, second + random.Next(5)));
        }

        foreach (int number in Enumerable.Range(0, 12))
            day.Add((District(number), Level(District(number), 3_000, 0).Line, 3_000));
        return [.. day.OrderBy(one => one.ArrivesAt).Select(one => (one.District, one.Line))];
    }

    private static string District(int number) => $"D{(char)('A' + number)}";

    private static (string District, string Line) Level(string district, int second, double level = 4.0) =>
        (district, Event(district, second, "water.level", $"W-{district}", string.Create(CultureInfo.InvariantCulture, $$"""{"level_m":{{level:0.0}}}""")));

    private static (string District, string Line) Crowd(string district, int second, int people) => (district, Event(district, second, "crowd", $"C-{district}", $$"""{"people":{{people}}}"""));

    private static string Event(string district, int second, string type, string device, string data) =>
        $$"""{"specversion":"1.0","id":"{{device}}-{{second}}","source":"/test","type":"{{type}}","subject":"{{device}}","time":"{{InstantPattern.ExtendedIso.Format(Start + Duration.FromSeconds(second))}}","district":"{{district}}","data":{{data}}}""";
}
