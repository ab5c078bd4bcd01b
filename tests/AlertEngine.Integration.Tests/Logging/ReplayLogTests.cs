using AlertEngine.Engine.Lanes;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Logging;

/// <summary>Goal: a line of the log can be searched for by lane, district and stage. Method: the program's own log, read as a collector reads it.</summary>
public sealed class ReplayLogTests : IDisposable
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: logs
        events: { water.level: { level_m: { type: double, unit: m }, parts: { type: int } } }
        rules:
          - id: high
            name: { en: High }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { each: { when: "event.level_m > 3.0 && 10 / event.parts > 1", once: true } }
            severity: { base: yellow }
            title: { en: High }
            routes: [ { to: water } ]
        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_stage_that_has_something_to_say_says_it_under_its_lane_and_district()
    {
        var entries = LogEntry.Read(await ReplayAsync("--log-format", "json", "--log-level", "debug"));
        (string, string, string, string)[] said =
        [
            ("ingest", "", "Debug", "5 records read, 3 accepted"),
            ("ingest", "", "Information", "1 dead letters: invalid-json"),
            ("deduplicate", "", "Debug", "1 duplicates dropped"),
            ("evaluate", "320106", "Debug", "2 evaluated, 1 hits, 0 late"),
            ("evaluate", "320104", "Warning", "1 errors of rules, 0 overflows of their state"),
            ("alerts", "320106", "Debug", "1 alerts opened, 0 cleared, 0 held back"),
            ("publish", "", "Debug", "3 outputs published"),
        ];
        foreach (var (stage, district, level, sentence) in said)
            Assert.Contains(entries, entry => (entry.Scope("lane"), entry.Scope("stage"), entry.Scope("district"), entry.Level, entry.Sentence) == ("0", stage, district, level, sentence));
        Assert.Contains(entries, entry => entry.Scope("stage") == "workorders" && entry.Scope("district") == "320106" && entry.Sentence.EndsWith(" dispatched to water", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_reads_one_line_with_its_scopes_before_the_sentence()
    {
        string error = await ReplayAsync("--log-level", "warning");
        Assert.Matches(@"(?m)^\d\d:\d\d:\d\d\.\d{3}Z warning lane=0 district=320104 stage=evaluate: 1 errors of rules, 0 overflows of their state$", error);
        Assert.DoesNotContain("stage=publish", error);
    }

    [Fact]
    public async Task Unless_it_is_asked_to_a_replay_logs_nothing() =>
        Assert.Equal("no city file: every district and unit is accepted", await ReplayAsync());

    [Fact]
    public void A_stages_name_in_the_log_is_its_folders() => Assert.Equal(
        Architecture.DirectionTests.Stages.Select(stage => stage.ToLowerInvariant()),
        [StageNames.Ingest, StageNames.Deduplicate, StageNames.Evaluate, StageNames.Alerts, StageNames.Route, StageNames.WorkOrders, StageNames.Publish]);

    private async Task<string> ReplayAsync(params string[] options)
    {
        string events = _folder.Write("events.ndjson", string.Join('\n',
            Event("e-1", "320106", parts: 5), Event("e-1", "320106", parts: 5), Event("e-2", "320106", parts: 10), Event("e-3", "320104", parts: 0), "{", ""));
        var ending = await EngineProcess.RunInAsync(_folder.Path, ["replay", "--events", events, "--rules", _folder.Write("logs.rules.yaml", Rules), "--lang", "en", .. options]);
        Assert.Equal(0, ending.ExitCode);
        return ending.Error;
    }

    private static string Event(string id, string district, int parts) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/test","type":"water.level","subject":"WL-1","time":"2026-07-01T08:00:00+08:00","district":"{{{district}}}","data":{"level_m":3.5,"parts":{{{parts}}}}}""";
}
