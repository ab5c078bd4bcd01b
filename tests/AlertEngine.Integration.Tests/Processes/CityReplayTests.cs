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
            escalate: [ { after: 5m, until: acknowledged, to: city } ]
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
    public async Task The_orders_of_the_districts_are_told_their_parent_behind_the_city_and_show_and_timeline_name_both()
    {
        ReplayFiles files = await ReplayAsync();
        JsonElement[] orders = [.. files.Messages("workorders.ndjson").Select(message => message.GetProperty("data"))];
        JsonElement parent = orders.First(order => order.TryGetProperty("children", out _));
        string parentId = Assert.Single(orders.Where(order => order.TryGetProperty("children", out _)).Select(order => order.GetProperty("workOrderId").GetString()!).Distinct());
        string[] children = [.. parent.GetProperty("children").EnumerateArray().Select(child => child.GetProperty("workOrderId").GetString()!)];
        Assert.Equal(children, orders.Where(order => order.TryGetProperty("parentId", out JsonElement id) && id.GetString() == parentId).Select(order => order.GetProperty("workOrderId").GetString()));

        string timeline = (await EngineProcess.RunAsync("orders", "timeline", children[0], "--out", _folder.File("out"), "--lang", "en")).Output;
        Assert.Contains($"joined the city's order {parentId}", timeline, StringComparison.Ordinal);
        Assert.Contains($"  from 320102 {children[0]}\n", (await EngineProcess.RunAsync("orders", "timeline", parentId, "--out", _folder.File("out"), "--lang", "en")).Output, StringComparison.Ordinal);
        Assert.Contains($"\"parentId\": \"{parentId}\"", (await EngineProcess.RunAsync("orders", "show", children[0], "--out", _folder.File("out"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_centre_decides_of_an_order_that_rose_to_it_stops_its_clock_at_that_time_and_is_answered_by_the_centre_and_the_district()
    {
        // The ids of a first run are those of every run.
        string order = (await ReplayAsync("--city", City())).Messages("workorders.ndjson").First(message => message.GetProperty("district").GetString() == "320102").GetProperty("data").GetProperty("workOrderId").GetString()!;
        string command = $$$"""{"specversion":"1.0","id":"c-2","source":"/console","type":"city.command.v1","time":"2026-07-01T08:07:00+08:00","district":"320100","data":{"command":"acknowledge","order":"{{{order}}}","actor":"wang","reason":"the city takes it"}}""";
        ReplayFiles files = await ReplayAsync("--city", City(), "--commands", _folder.Write("commands.ndjson", $"{command}\n{command}\n"));
        Assert.Equal(
            ["c-2 accepted", "c-2 repeated", "c-2@320102 accepted"],
            files.Messages("replies.ndjson").Select(reply => reply.GetProperty("data")).Where(reply => reply.GetProperty("command").GetString() == "acknowledge")
                .Select(reply => $"{reply.GetProperty("commandId").GetString()} {reply.GetProperty("outcome").GetString()}").Order(StringComparer.Ordinal));
        Assert.Equal("2026-07-01T00:07:00Z acknowledged wang", files.Messages("workorders.ndjson").Where(message => message.GetProperty("data").TryGetProperty("lastCommand", out _))
            .Select(message => $"{message.GetProperty("time")} {message.GetProperty("data").GetProperty("status")} {message.GetProperty("data").GetProperty("lastCommand").GetProperty("actor")}").First());
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

    [Fact]
    public async Task A_silence_for_the_whole_city_reaches_every_district_at_its_time_and_each_record_is_answered_once()
    {
        ReplayFiles files = await ReplayAsync("--city", City(), "--commands", _folder.Write("commands.ndjson", SilenceTwice));
        Assert.Equal(
            ["2026-07-01T00:00:00Z 320102", "2026-07-01T02:30:00Z 320106"],
            files.Messages("workorders.ndjson").Where(message => message.GetProperty("type").GetString() == "city.workorder.dispatched.v1").Select(message => $"{message.GetProperty("time")} {message.GetProperty("district")}"));
        Assert.Equal(
            ["c-1 accepted", "c-1 repeated", .. new[] { "320102", "320104", "320105", "320106" }.SelectMany(code => new[] { $"c-1@{code} accepted", $"c-1@{code} repeated" })],
            files.Messages("replies.ndjson").Select(reply => $"{reply.GetProperty("data").GetProperty("commandId")} {reply.GetProperty("data").GetProperty("outcome")}").Order(StringComparer.Ordinal));
    }

    private const string CityFile = """
        alertengine: city/v1
        city: { code: '320100', name: { zh: 南京, en: Nanjing }, timezone: Asia/Shanghai }
        levels: [ district, city ]
        units:
          - { id: pumps, name: { zh: 泵站, en: Pumps } }
          - { id: centre, name: { zh: 中心, en: Centre } }
        districts:
          - { code: '320102', name: { zh: 玄武, en: Xuanwu } }
          - { code: '320104', name: { zh: 秦淮, en: Qinhuai } }
          - { code: '320105', name: { zh: 建邺, en: Jianye } }
          - { code: '320106', name: { zh: 鼓楼, en: Gulou } }
        """;

    private const string Silence = """{"specversion":"1.0","id":"c-1","source":"/console","type":"city.command.v1","time":"2026-07-01T08:20:00+08:00","district":"320100","data":{"command":"silence","rule":"high","until":"2026-07-01T09:30:00+08:00","actor":"wang","reason":"exercise of pumps"}}""";

    private static readonly string SilenceTwice = $"{Silence}\n{Silence}\n";

    private string City() => _folder.Write("city.yaml", CityFile);

    private async Task<ReplayFiles> ReplayAsync(params string[] more)
    {
        string events = _folder.Write("events.ndjson", string.Join('\n', [Event("320102", "08:00:00"), Event("320104", "08:30:00"), Event("320105", "08:50:00"), Event("320106", "10:30:00")]));
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, ["replay", "--events", events, "--rules", _folder.Write("test.rules.yaml", Rules), "--out", _folder.File("out"), .. more]);
        Assert.True(ending.ExitCode == 0, ending.Error);
        return new ReplayFiles(_folder.File("out"));
    }

    private static string Event(string district, string time) =>
        $$$"""{"specversion":"1.0","id":"e-{{{district}}}","source":"/test","type":"water.level","subject":"W-{{{district}}}","time":"2026-07-01T{{{time}}}+08:00","district":"{{{district}}}","data":{"level_m":3.5}}""";
}
