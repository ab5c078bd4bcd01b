using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: a replay has a centre: rules of the city see what all districts report, and say it in the same files. Method: the program itself.</summary>
public sealed class CityReplayTests : IDisposable
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: replayed-city
        events: { water.level: { level_m: { type: double, unit: m, range: [-5, 30] } } }
        rules:
          - id: high
            name: { en: High water }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { each: { when: event.level_m > 3.0, quiet: 10m } }
            severity: { base: yellow }
            title: { en: High water }
            routes: [ { to: pumps } ]
          - id: city-flood
            name: { en: Three districts with flood alerts within an hour }
            owner: tests
            stage: live
            scope: city
            source: { alert: high }
            key: "'city'"
            detect: { distinct: { of: event.district, at_least: 3, window: 1h } }
            severity: { base: red }
            title: { en: "{distinct.count} districts" }
            routes: [ { to: centre } ]
        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Three_districts_with_alerts_within_an_hour_are_one_order_of_the_city_and_the_summary_counts_each_event_once()
    {
        ReplayFiles files = await ReplayAsync();
        JsonElement order = Assert.Single(files.Messages("workorders.ndjson"), message => message.GetProperty("type").GetString() == "city.workorder.dispatched.v1" && message.GetProperty("district").GetString() == "city");
        Assert.Equal(("2026-07-01T00:50:00Z", "centre", "3 districts"), (order.GetProperty("time").GetString(), order.GetProperty("data").GetProperty("lead").GetString(), order.GetProperty("data").GetProperty("title").GetProperty("en").GetString()));
        Assert.Equal((4L, 4L, 5L), (files.Count("events"), files.Count("accepted"), files.Count("alerts")));
        Assert.Empty(files.Lines("deadletters.ndjson"));
    }

    [Fact]
    public async Task Both_lanes_number_what_they_wrote_into_one_file_without_a_gap_and_a_second_replay_writes_the_same_bytes()
    {
        ReplayFiles first = await ReplayAsync();
        string[] lanes = [.. first.Messages("alerts.ndjson").Select(message => $"{message.GetProperty("aelane")} {message.GetProperty("aetopicseq")}")];
        Assert.Equal(["1 1", "1 2"], lanes.Where(lane => lane[0] == '1'));
        Assert.Equal([.. Enumerable.Range(1, lanes.Length - 2).Select(number => $"0 {number}")], lanes.Where(lane => lane[0] == '0'));

        File.Copy(_folder.File("out/alerts.ndjson"), _folder.File("alerts.first"));
        await ReplayAsync();
        Assert.Equal(File.ReadAllBytes(_folder.File("alerts.first")), File.ReadAllBytes(_folder.File("out/alerts.ndjson")));
    }

    private async Task<ReplayFiles> ReplayAsync()
    {
        string events = _folder.Write("events.ndjson", string.Join('\n', [Event("320102", "08:00:00"), Event("320104", "08:30:00"), Event("320105", "08:50:00"), Event("320106", "10:30:00")]));
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "replay", "--events", events, "--rules", _folder.Write("test.rules.yaml", Rules), "--out", _folder.File("out"));
        Assert.True(ending.ExitCode == 0, ending.Error);
        return new ReplayFiles(_folder.File("out"));
    }

    private static string Event(string district, string time) =>
        $$$"""{"specversion":"1.0","id":"e-{{{district}}}","source":"/test","type":"water.level","subject":"W-{{{district}}}","time":"2026-07-01T{{{time}}}+08:00","district":"{{{district}}}","data":{"level_m":3.5}}""";
}
