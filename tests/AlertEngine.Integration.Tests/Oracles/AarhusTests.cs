using System.Globalization;
using System.Text.Json;
using Xunit;

namespace AlertEngine.Integration.Tests.Oracles;

/// <summary>
/// Goal: on a week of real traffic the alerts are those that a plain calculation gives. Method: the raw rows through the ready mapping, with its
/// look-up of districts, and the program; the same rows through loops.
/// </summary>
public sealed class AarhusTests
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: oracle
        events: { traffic.flow: { speed_kmh: { type: double }, vehicles: { type: int }, measured_s: { type: double } } }
        rules:
          - id: many-vehicles
            name: { en: Many vehicles }
            owner: tests
            stage: live
            source: { type: traffic.flow }
            detect: { each: { when: "event.vehicles >= 40", quiet: 15m } }
            severity: { base: yellow }
            title: { en: Many vehicles }
            routes: [ { to: traffic } ]
          - id: often-busy
            name: { en: Often busy }
            owner: tests
            stage: live
            source: { type: traffic.flow }
            detect: { count: { when: "event.vehicles >= 20", at_least: 6, window: 1h, clear_below: 3 } }
            severity: { base: yellow }
            title: { en: Often busy }
            routes: [ { to: traffic } ]
          - id: busy-district
            name: { en: Busy district }
            owner: tests
            stage: live
            source: { type: traffic.flow }
            key: event.district
            detect: { count: { when: "event.vehicles >= 15", at_least: 10, window: 30m } }
            severity: { base: yellow }
            title: { en: Busy district }
            routes: [ { to: traffic } ]
          - id: slow-for-long
            name: { en: Slow for long }
            owner: tests
            stage: live
            source: { type: traffic.flow }
            detect: { hold: { when: "event.speed_kmh < 20.0", for: 30m, gap: 12m } }
            severity: { base: yellow }
            title: { en: Slow for long }
            routes: [ { to: traffic } ]
          - id: busy-hour
            name: { en: Busy hour }
            owner: tests
            stage: live
            source: { type: traffic.flow }
            lateness: 0s
            detect: { aggregate: { of: event.vehicles, fn: avg, window: 1h, min_samples: 6, when: "aggregate.value > 20.0" } }
            severity: { base: yellow }
            title: { en: Busy hour }
            routes: [ { to: traffic } ]
          - id: silent-sensor
            name: { en: Silent sensor }
            owner: tests
            stage: live
            source: { type: traffic.flow }
            lateness: 0s
            detect: { absence: { for: 20m, population: { seen: 200h }, stall: 1.0 } }
            severity: { base: blue }
            title: { en: Silent sensor }
            routes: [ { to: traffic } ]
        """;

    [Fact]
    public async Task The_alerts_of_a_week_of_traffic_are_those_of_a_plain_calculation()
    {
        string raw = SharedFile.PathOf("data", "aarhus-2014", "traffic_20140829_20140904.csv");
        Dictionary<string, string> districts = ReadDistricts(SharedFile.PathOf("data", "aarhus-2014", "aarhus-traffic-points.ckan.json"));
        string[][] rows = [.. File.ReadLines(raw).Skip(1).Select(line => line.Split(','))];
        DateTimeOffset end = rows.Max(TimeOf);
        List<Firing> expected = [];
        foreach (var sensor in rows.GroupBy(row => row[0]))
        {
            Sample[] vehicles = Samples(sensor, column: 3), speeds = Samples(sensor, column: 2);
            expected.AddRange(new Timeline("many-vehicles", sensor.Key, vehicles, end).EachQuiet(count => count >= 40, TimeSpan.FromMinutes(15)));
            expected.AddRange(new Timeline("often-busy", sensor.Key, vehicles, end).Count(count => count >= 20, 6, TimeSpan.FromHours(1), 3));
            expected.AddRange(new Timeline("busy-hour", sensor.Key, vehicles, end).Average(TimeSpan.FromHours(1), 6, mean => mean > 20));
            expected.AddRange(new Timeline("silent-sensor", sensor.Key, vehicles, end).Absence(TimeSpan.FromMinutes(20)));
            expected.AddRange(new Timeline("slow-for-long", sensor.Key, speeds, end).Hold(speed => speed < 20, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(12), speed => !(speed < 20)));
        }

        foreach (var district in rows.GroupBy(row => districts[row[0]]))
            expected.AddRange(new Timeline("busy-district", district.Key, Samples(district, column: 3), end).Count(count => count >= 15, 10, TimeSpan.FromMinutes(30), 10));
        Firing.RequireSame(expected, await Firing.ReplayAsync(raw, "aarhus-2014", Rules), rules: 6, atLeastOfEachRule: 20);
    }

    private static Dictionary<string, string> ReadDistricts(string path)
    {
        using JsonDocument points = JsonDocument.Parse(File.ReadAllBytes(path));
        return points.RootElement.GetProperty("result").GetProperty("records").EnumerateArray()
            .ToDictionary(point => point.GetProperty("REPORT_ID").ToString(), point => point.GetProperty("POINT_1_POSTAL_CODE").ToString());
    }

    private static Sample[] Samples(IEnumerable<string[]> rows, int column) =>
        [.. rows.Select(row => new Sample(TimeOf(row), double.Parse(row[column], CultureInfo.InvariantCulture))).OrderBy(sample => sample.At)];

    /// <summary>Denmark's time in summer.</summary>
    private static DateTimeOffset TimeOf(string[] row) => new(DateTime.Parse(row[1], CultureInfo.InvariantCulture), TimeSpan.FromHours(2));
}
