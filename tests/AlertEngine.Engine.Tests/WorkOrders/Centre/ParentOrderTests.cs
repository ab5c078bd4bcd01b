using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish.Views;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders.Centre;

/// <summary>
/// Goal: one order of the city names the districts' alerts and orders that it came from, and each of those knows its parent, once. Method: three
/// districts under water, in one lane, four and twelve, cut and killed anywhere; the published messages are read.
/// </summary>
public sealed class ParentOrderTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 1, 0, 0);

    private const string File = """
        alertengine: rules/v1
        pack: centre
        events: { water.level: { level_m: { type: double, unit: m, range: [-5, 30] } } }
        rules:
          - id: high
            name: { zh: 高, en: high }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { each: { when: event.level_m > 3.0, quiet: 3h } }
            severity: { base: yellow }
            title: high
            routes: [ { to: pumps } ]
            escalate: [ { after: 2h, until: acknowledged, to: district } ]
          - id: three-districts
            name: { zh: 三区, en: three districts }
            owner: tests
            stage: live
            scope: city
            source: { alert: high }
            key: "'city'"
            detect: { distinct: { of: event.district, at_least: 3, window: 1h, clear_below: 1 } }
            severity: { base: orange }
            level: district
            title: "{distinct.count} districts"
            routes: [ { when: "alert.severity == 'orange'", to: centre, continue: true }, { to: mayor } ]
            escalate: [ { after: 30m, until: acknowledged, to: city } ]
        """;

    private static readonly RuleSet Rules = CityRun.Load(File);

    [Fact]
    public void The_citys_order_names_the_districts_alerts_and_orders_that_it_came_from()
    {
        CityRun run = new CityRun(Rules, 4, null).Over(Flood());
        OrderRevision parent = Orders(run.City, "three-districts").First();
        Assert.Equal(
            Orders(run.Districts, "high").Where(order => order.Number == 1 && District(order) != "D4").Select(order => (District(order), order.Text("alertId"), order.OrderId)),
            Children(parent).Select(child => (Text(child, "district"), Text(child, "alertId"), Text(child, "workOrderId"))));
    }

    [Fact]
    public void Each_districts_order_learns_its_parent_once_and_rises_with_it_and_one_that_comes_later_joins()
    {
        CityRun run = new CityRun(Rules, 4, null).Over(Flood());
        string parent = Orders(run.City, "three-districts").First().OrderId;
        Assert.Equal(
            [
                "D1 r1 dispatched grid 00:00:00", "D1 r2 escalated district 00:20:00 +", "D1 r3 escalated city 00:50:00 +",
                "D2 r1 dispatched grid 00:10:00", "D2 r2 escalated district 00:20:00 +", "D2 r3 escalated city 00:50:00 +",
                "D3 r1 dispatched grid 00:20:00", "D3 r2 escalated district 00:20:00 +", "D3 r3 escalated city 00:50:00 +",
                "D4 r1 dispatched grid 00:40:00", "D4 r2 escalated district 00:40:00 +", "D4 r3 escalated city 00:50:00 +",
            ],
            Orders(run.Districts, "high").Where(order => order.Number <= 3).Select(order =>
                $"{District(order)} r{order.Number} {order.Text("operation")} {order.Text("commandLevel")} {order.At[11..19]}{(order.Text("parentId") == parent ? " +" : "")}").Order(StringComparer.Ordinal));
        Assert.Equal(4, Children(Orders(run.City, "three-districts").Last(order => order.OrderId == parent)).Count());
    }

    [Fact]
    public void The_second_order_of_the_citys_alert_is_nobodys_parent()
    {
        CityRun run = new CityRun(Rules, 1, null).Over(Flood());
        Assert.Equal(2, Orders(run.City, "three-districts").Select(order => order.OrderId).Distinct().Count());
        Assert.Single(Orders(run.Districts, "high").Select(order => order.Text("parentId")).Where(id => id.Length != 0).Distinct());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void Lanes_cuts_and_deaths_change_no_byte_of_parents_children_and_the_answers_to_their_commands(int lanes)
    {
        OutputKind[] kinds = [OutputKind.WorkOrder, OutputKind.Alert, OutputKind.Reply, OutputKind.DeadLetter];
        CityRun whole = new CityRun(Rules, 1, null).Over(Flood());
        Assert.Equal(8, CityRun.Texts(whole.Districts, OutputKind.Reply).Count(text => text.Contains("\"command\":\"adopt\",\"outcome\":\"accepted\"", StringComparison.Ordinal)));
        for (int seed = 0; seed < 5; seed++)
        {
            CityRun run = new CityRun(Rules, lanes, new Random(seed)).Over(Flood());
            Assert.Equal(CityRun.Texts(whole.City, [.. kinds, OutputKind.Rekeyed]), CityRun.Texts(run.City, [.. kinds, OutputKind.Rekeyed]));
            Assert.Equal(CityRun.Texts(whole.Districts, kinds).Order(StringComparer.Ordinal), CityRun.Texts(run.Districts, kinds).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void What_no_rule_of_the_city_counts_any_more_is_no_child()
    {
        CityRun run = new CityRun(Rules, 1, null).Over([Level("D5", -55), .. Flood()]);
        Assert.Equal(["D1", "D2", "D3"], Children(Orders(run.City, "three-districts").First()).Select(child => Text(child, "district")));
    }

    /// <summary>Three districts within twenty minutes, a fourth one twenty minutes later, and the same time at the end of each.</summary>
    private static List<(string District, string Line)> Flood() =>
        [Level("D1", 0), Level("D2", 10), Level("D3", 20), Level("D4", 40), .. Enumerable.Range(1, 9).Select(number => Level($"D{number}", 70, 1.0)), Level("DA", 70, 1.0), Level("DB", 70, 1.0), Level("DC", 70, 1.0)];

    private static IEnumerable<OrderRevision> Orders(IEnumerable<Output> outputs, string rule) =>
        CityRun.Texts(outputs, OutputKind.WorkOrder).Select(text => new OrderRevision(JsonElement.Parse(text))).Where(order => order.Text("rule", "id") == rule);

    private static string District(OrderRevision order) => order.Text("location", "district");

    private static IEnumerable<JsonElement> Children(OrderRevision order) => order.Data.GetProperty("children").EnumerateArray();

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";

    private static (string District, string Line) Level(string district, int minute, double level = 4.0) => (district, string.Create(CultureInfo.InvariantCulture,
        $$"""{"specversion":"1.0","id":"{{district}}-{{minute}}","source":"/test","type":"water.level","subject":"W-{{district}}","time":"{{InstantPattern.ExtendedIso.Format(Start + Duration.FromMinutes(minute))}}","district":"{{district}}","data":{"level_m":{{level:0.0}} } }"""));
}
