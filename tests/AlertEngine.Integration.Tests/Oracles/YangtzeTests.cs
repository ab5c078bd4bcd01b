using System.Globalization;
using Xunit;

namespace AlertEngine.Integration.Tests.Oracles;

/// <summary>
/// Goal: on a real flood the alerts are those that a plain calculation gives. Method: the raw bytes (GB18030) through the ready mapping and the
/// program; the same table, as its README gives it in UTF-8, through loops. Stations report out of the order of time among each other.
/// </summary>
public sealed class YangtzeTests
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: oracle
        events: { water.level: { level_m: { type: double, unit: m }, flow_m3s: { type: double } } }
        rules:
          - id: much-flow
            name: { en: Much flow }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { each: { when: "event.flow_m3s > 20000.0", clear: { when: "event.flow_m3s < 19500.0" } } }
            severity: { base: yellow }
            title: { en: Much flow }
            routes: [ { to: water } ]
          - id: flow-holds
            name: { en: Flow holds }
            owner: tests
            stage: live
            source: { type: water.level }
            lateness: 2h
            detect: { hold: { when: "event.flow_m3s > 12000.0", for: 5h, gap: 90m, clear: { when: "event.flow_m3s < 11000.0" } } }
            severity: { base: yellow }
            title: { en: Flow holds }
            routes: [ { to: water } ]
          - id: level-holds
            name: { en: Level holds }
            owner: tests
            stage: live
            source: { type: water.level, device: 武隆 }
            lateness: 2h
            detect: { hold: { when: "event.level_m > 180.0", for: 2h } }
            severity: { base: yellow }
            title: { en: Level holds }
            routes: [ { to: water } ]
          - id: level-rises
            name: { en: Level rises }
            owner: tests
            stage: live
            source: { type: water.level }
            lateness: 2h
            detect: { change: { of: event.level_m, as: delta, over: 24h, when: "change.value > 1.0" } }
            severity: { base: yellow }
            title: { en: Level rises }
            routes: [ { to: water } ]
        """;

    [Fact]
    public async Task The_alerts_of_the_flood_of_2020_are_those_of_a_plain_calculation()
    {
        string raw = SharedFile.PathOf("data", "yangtze-flood-2020", "waterLevel.gb18030.csv");
        string[][] rows = [.. File.ReadLines(SharedFile.PathOf("data", "yangtze-flood-2020", "waterLevel.utf8.csv")).Skip(1).Select(line => line.Split(','))];
        DateTimeOffset end = rows.Max(TimeOf);
        List<Firing> expected = [];
        foreach (var station in rows.GroupBy(row => row[0]))
        {
            Sample[] flows = Samples(station, column: 4), levels = Samples(station, column: 3);
            expected.AddRange(new Timeline("much-flow", station.Key, flows, end).Each(flow => flow > 20000, flow => flow < 19500));
            expected.AddRange(new Timeline("flow-holds", station.Key, flows, end).Hold(flow => flow > 12000, TimeSpan.FromHours(5), TimeSpan.FromMinutes(90), flow => flow < 11000));
            expected.AddRange(new Timeline("level-rises", station.Key, levels, end).Change(TimeSpan.FromHours(24), TimeSpan.FromHours(2.4), rise => rise > 1.0));
            if (station.Key == "武隆")
                expected.AddRange(new Timeline("level-holds", station.Key, levels, end).Hold(level => level > 180, TimeSpan.FromHours(2), TimeSpan.MaxValue, level => !(level > 180)));
        }

        Firing.RequireSame(expected, await Firing.ReplayAsync(raw, "yangtze-flood-2020", Rules), rules: 4, atLeastOfEachRule: 3);
    }

    private static Sample[] Samples(IEnumerable<string[]> station, int column) =>
        [.. station.Select(row => new Sample(TimeOf(row), double.Parse(row[column], CultureInfo.InvariantCulture))).OrderBy(sample => sample.At)];

    /// <summary>Day first, and Beijing's time.</summary>
    private static DateTimeOffset TimeOf(string[] row) =>
        new(DateTime.ParseExact(row[2], "dd-MM-yyyy HH:mm:ss", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
