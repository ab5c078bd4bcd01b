using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Contracts;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.Publish;

/// <summary>
/// Goal: the city's digest is the sum of its districts' and of its own orders, once, whatever lanes they are in. Method: two days of four districts and the
/// centre, the numbers counted again from the orders that went out.
/// </summary>
public sealed class CityDigestTests
{
    // Midnight in Shanghai: the first digest is told at 18:00 of the same day.
    private static readonly Instant Midnight = Instant.FromUtc(2026, 6, 30, 16, 0);
    private static readonly string[] Counted = ["dispatched", "dispatchedBefore", "open"];
    private static readonly string[] Listed = ["overdue", "escalated", "silentSources"];

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
            lateness: 20s
            detect: { each: { when: event.level_m > 3.0, quiet: 40h } }
            severity: { base: yellow, raise: [ { when: event.level_m > 5.0, to: red } ] }
            title: high
            routes: [ { to: pumps } ]
            sla: { acknowledge: 30m }
            escalate: [ { after: 1h, until: acknowledged, to: city } ]
          - id: silent
            name: { zh: 静默, en: silent }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { absence: { for: 10h, population: { seen: 40h } } }
            severity: { base: blue }
            title: silent
            routes: [ { to: technicians } ]
          - id: three-districts
            name: { zh: 三区, en: three districts }
            owner: tests
            stage: live
            scope: city
            source: { alert: high }
            key: "'city'"
            detect: { distinct: { of: event.district, at_least: 3, window: 20h } }
            severity: { base: orange }
            title: three
            routes: [ { to: centre } ]
        """;

    private static readonly RuleSet Rules = MakeRules();

    [Fact]
    public void Its_numbers_are_the_sums_of_the_districts_and_of_its_own_orders_and_tie_out_with_the_orders_that_went_out()
    {
        CityRun run = new CityRun(Rules, 4, null).Over(Days());
        ImmutableArray<JsonElement> orders = [.. CityRun.Texts(run.Districts.Concat(run.City), OutputKind.WorkOrder).Select(Data)];
        ImmutableArray<JsonElement> ofCity = [.. CityRun.Texts(run.City, OutputKind.Digest).Select(Data)];
        Assert.Equal(["2026-07-01T10:00:00Z", "2026-07-02T10:00:00Z"], ofCity.Select(digest => digest.GetProperty("until").GetString()));
        foreach (JsonElement digest in ofCity)
        {
            string until = digest.GetProperty("until").GetString()!, from = digest.GetProperty("from").GetString()!;
            JsonElement own = digest.GetProperty("districts").GetProperty("city");
            JsonElement[] ofDistricts = [.. CityRun.Texts(run.Districts, OutputKind.Digest).Select(Data).Where(one => one.GetProperty("until").GetString() == until)];
            Assert.Equal(4, ofDistricts.Length);
            Assert.All(Counted, name => Assert.Equal(ofDistricts.Sum(one => one.GetProperty(name).GetInt32()) + own.GetProperty(name).GetInt32(), digest.GetProperty(name).GetInt32()));
            Assert.All(Listed, name => Assert.Equal(ofDistricts.Sum(one => Count(one, name)) + own.GetProperty(name).GetInt32(), Count(digest, name)));
            Assert.All(Listed, name => Assert.Superset(ofDistricts.SelectMany(one => Named(one, name)).ToHashSet(), Named(digest, name).ToHashSet()));
            int sent = orders.Count(order => order.GetProperty("revision").GetInt32() == 1 && IsBetween(order.GetProperty("dispatchedAt").GetString()!, from, until));
            Assert.Equal(sent, digest.GetProperty("dispatched").GetInt32());
            Assert.Equal(sent, digest.GetProperty("bySeverity").EnumerateObject().Sum(one => one.Value.GetInt32()));
            Assert.Equal(sent, digest.GetProperty("byUnit").EnumerateObject().Sum(one => one.Value.GetInt32()));
        }

        Assert.Equal([(5, 0, 3, 1), (5, 5, 4, 2)], ofCity.Select(digest => (digest.GetProperty("dispatched").GetInt32(), digest.GetProperty("dispatchedBefore").GetInt32(), Count(digest, "overdue"), Count(digest, "silentSources") )));
    }

    [Fact]
    public void It_says_who_told_nothing_and_tells_the_districts_apart_in_both_languages()
    {
        CityRun run = new CityRun(Rules, 4, null).Over(Days());
        string text = CityRun.Texts(run.City, OutputKind.Digest)[0];
        Assert.Empty(OutputContract.Faults(OutputKind.Digest, text));
        Assert.Equal(["D9"], Data(text).GetProperty("missing").EnumerateArray().Select(district => district.GetString()));
        Assert.Equal("# 南京 信息报送 2026-07-01 18:00", Markdown(text, "zh")[0]);
        Assert.Contains("| D1区 | 2 | 2 | 1 | 1 | 1 |", Markdown(text, "zh"));
        Assert.Contains("| 市级 | 1 | 1 | 0 | 0 | 0 |", Markdown(text, "zh"));
        Assert.Equal("未报：D9区", Markdown(text, "zh")[^2]);
        Assert.Equal("not reported: D9", Markdown(text, "en")[^2]);
    }

    [Fact]
    public void While_the_city_watches_a_holiday_it_is_told_every_few_hours_and_a_watch_of_one_district_is_that_districts_own()
    {
        CityRun one = new CityRun(Rules, 1, null).Over(Days(), Watch("D1"));
        Assert.Equal(["18", "18"], HoursOf(one.City));
        Assert.Equal(8, HoursOf(one.Districts.Where(output => output.Key == "D1")).Length);
        CityRun all = new CityRun(Rules, 1, null).Over(Days(), Watch("D1"), Watch("D2"), Watch("D3"), Watch("D4"), Watch("city"));
        Assert.Equal(["14", "18", "22", "02", "06", "10", "14", "18"], HoursOf(all.City));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    public void Lanes_cuts_interleavings_and_deaths_change_no_byte_of_it(int lanes)
    {
        string[] whole = CityRun.Texts(new CityRun(Rules, 1, null).Over(Days()).City, OutputKind.Digest);
        for (int seed = 0; seed < 4; seed++)
            Assert.Equal(whole, CityRun.Texts(new CityRun(Rules, lanes, new Random(seed)).Over(Days()).City, OutputKind.Digest));
    }

    /// <summary>Orders of three districts on the first day, of all four on the second, and a reading in each at the end.</summary>
    private static List<(string District, string Line)> Days() =>
    [
        Level("D1", 1, 4), Level("D2", 9, 4), Level("D3", 17, 6), Level("D4", 17.5, 1),
        Level("D4", 30, 4), Level("D4", 30.1, 1), Level("D1", 41, 1), Level("D3", 41.5, 6),
        .. Enumerable.Range(1, 4).Select(district => Level($"D{district}", 44, 1)),
    ];

    private static (string District, string Line) Level(string district, double hour, double level) => (district, string.Create(CultureInfo.InvariantCulture,
        $$"""{"specversion":"1.0","id":"{{district}}-{{hour}}","source":"/test","type":"water.level","subject":"W-{{district}}","time":"{{InstantPattern.ExtendedIso.Format(Midnight + Duration.FromHours(hour))}}","district":"{{district}}","data":{"level_m":{{level:0.0}} } }"""));

    /// <summary>Holiday watch of a district or the city, from noon of the first day on.</summary>
    private static string Watch(string district) =>
        $$"""{"specversion":"1.0","id":"w-{{district}}","source":"/test","type":"city.command.v1","time":"2026-07-01T12:00:00+08:00","district":"{{district}}","data":{"command":"start-scene","scene":"holiday-watch","actor":"mayor","reason":"holiday"} }""";

    private static string[] HoursOf(IEnumerable<Output> outputs) => [.. CityRun.Texts(outputs, OutputKind.Digest).Select(text => Markdown(text, "en")[0][^5..^3])];

    private static JsonElement Data(string text) => JsonElement.Parse(text).GetProperty("data");

    private static int Count(JsonElement digest, string name) => digest.GetProperty(name).GetProperty("count").GetInt32();

    private static IEnumerable<string> Named(JsonElement digest, string name) => digest.GetProperty(name).GetProperty("first").EnumerateArray().Select(id => id.GetString()!);

    private static string[] Markdown(string text, string language) => Data(text).GetProperty("markdown").GetProperty(language).GetString()!.Split('\n');

    private static bool IsBetween(string at, string from, string until) => string.CompareOrdinal(at, from) >= 0 && string.CompareOrdinal(at, until) < 0;

    private static RuleSet MakeRules()
    {
        RuleSet loaded = CityRun.Load(File);
        District[] districts = [.. new[] { "D1", "D2", "D3", "D4", "D9" }.Select(code => new District(code, new LocalText($"{code}区", code), []))];
        return loaded with
        {
            City = loaded.City with
            {
                Name = new LocalText("南京", "Nanjing"),
                Digest = new DigestPlan(18, 4),
                Districts = districts.ToFrozenDictionary(district => district.Code, StringComparer.Ordinal),
            },
        };
    }
}
