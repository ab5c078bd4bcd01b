using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish.Views;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: what happens on both sides of a border within metres is one incident of the city, which no district sees alone. Method: smoke and heat left and
/// right of a border, near and far, soon and late, in one lane, four and twelve, in any interleaving; the messages byte for byte.
/// </summary>
public sealed class BorderTests
{
    // The border runs at 118.75 degrees east; a thousandth of a degree is 94 m there.
    private const double Border = 118.750;
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 1, 0, 0);

    private const string File = """
        alertengine: rules/v1
        pack: centre
        events:
          smoke: { density_pct: { type: double, unit: '%' } }
          heat: { temp_c: { type: double, unit: c } }
        rules:
          - id: border-fire
            name: { zh: 边界火情, en: Fire across a border }
            owner: tests
            stage: live
            scope: city
            key: "'city'"
            lateness: 10s
            detect:
              correlate:
                any_of:
                  smoke: { source: { type: smoke }, when: event.density_pct > 20.0 }
                  heat: { source: { type: heat }, when: event.temp_c > 60.0 }
                at_least: 2
                within: 2m
                radius: 150m
                near: event.geo
                quiet: 10m
            severity: { base: red }
            title: "{correlate.members} members"
            routes: [ { to: centre } ]
            escalate: [ { districts: 2, until: closed, to: city } ]
        """;

    private static readonly RuleSet Rules = CityRun.Load(File);

    [Fact]
    public void Smoke_on_one_side_and_heat_on_the_other_within_metres_are_one_order_of_the_city()
    {
        CityRun run = new CityRun(Rules, 4, null).Over([Smoke("D1", 0, Border - 0.0005), Heat("D2", 60, Border + 0.0005), .. End()]);
        OrderRevision[] orders = Orders(run);
        Assert.Equal(["dispatched 2 members city centre"], orders.Take(1).Select(order => $"{order.Text("operation")} {order.Text("title", "en")} {order.Text("location", "district")} {order.Text("lead")}"));
        Assert.Single(orders.Select(order => order.OrderId).Distinct());
        Assert.Empty(CityRun.Texts(run.Districts, OutputKind.WorkOrder, OutputKind.Alert));
    }

    [Theory]
    [InlineData(60, 0.0040)]
    [InlineData(121, 0.0005)]
    public void What_is_too_far_or_too_late_is_none(int second, double east) =>
        Assert.Empty(Orders(new CityRun(Rules, 4, null).Over([Smoke("D1", 0, Border - 0.0005), Heat("D2", second, Border + east), .. End()])));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void Lanes_cuts_interleavings_and_deaths_change_no_byte_of_it(int lanes)
    {
        for (int day = 0; day < 3; day++)
        {
            List<(string District, string Line)> events = Day(new Random(day));
            string[] whole = Texts(new CityRun(Rules, 1, null).Over(events));
            Assert.Contains(whole, text => text.Contains("city.workorder.dispatched.v1", StringComparison.Ordinal));
            for (int seed = 0; seed < 2; seed++)
                Assert.Equal(whole, Texts(new CityRun(Rules, lanes, new Random((day * 10) + seed)).Over(events)));
        }
    }

    private static string[] Texts(CityRun run) => CityRun.Texts(run.City, OutputKind.WorkOrder, OutputKind.Alert, OutputKind.DeadLetter);

    private static OrderRevision[] Orders(CityRun run) => [.. CityRun.Texts(run.City, OutputKind.WorkOrder).Select(text => new OrderRevision(JsonElement.Parse(text)))];

    /// <summary>Twenty minutes of readings in six districts along the border, up to eight seconds out of order.</summary>
    private static List<(string District, string Line)> Day(Random random)
    {
        List<(string District, string Line, int ArrivesAt)> day = [];
        for (int i = 0; i < 80; i++)
        {
            int second = (i * 15) + random.Next(15);
            string district = $"D{random.Next(1, 7)}";
            double east = Border + ((random.NextDouble() - 0.5) * 0.004);
            (string, string Line) one = random.Next(2) == 0 ? Smoke(district, second, east, random.Next(60)) : Heat(district, second, east, random.Next(120));
            day.Add((district, one.Line, second + random.Next(8)));
        }

        return [.. day.OrderBy(one => one.ArrivesAt).Select(one => (one.District, one.Line)), .. End()];
    }

    /// <summary>All lanes end at one time.</summary>
    private static IEnumerable<(string District, string Line)> End() =>
        Enumerable.Range(0, 12).Select(number => $"D{(char)('A' + number)}").Concat(Enumerable.Range(1, 6).Select(number => $"D{number}")).Select(district => Smoke(district, 2_400, Border, 0));

    private static (string District, string Line) Smoke(string district, int second, double east, double density = 50) => Event(district, second, "smoke", east, "density_pct", density);

    private static (string District, string Line) Heat(string district, int second, double east, double temperature = 90) => Event(district, second, "heat", east, "temp_c", temperature);

    private static (string District, string Line) Event(string district, int second, string type, double east, string field, double value) => (district, string.Create(CultureInfo.InvariantCulture,
        $$"""{"specversion":"1.0","id":"{{type}}-{{district}}-{{second}}","source":"/test","type":"{{type}}","subject":"{{type}}-{{district}}","time":"{{InstantPattern.ExtendedIso.Format(Start + Duration.FromSeconds(second))}}","district":"{{district}}","data":{"{{field}}":{{value:0.0}},"location":{"type":"Point","coordinates":[{{east:0.00000}},32.05]} } }"""));
}
