using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: scripts can rely on the exit codes. Method: the program itself, once for each way to end.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private const string GoodRules =
        """
        alertengine: rules/v1
        pack: exit-codes
        events: { water.level: { level_m: { type: double, unit: m } } }
        rules:
          - id: high
            name: { en: High }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { each: { when: "event.level_m > 3.0", once: true } }
            severity: { base: yellow }
            title: { en: High }
            routes: [ { to: water } ]
        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_option_that_does_not_exist_is_named_and_ends_in_2()
    {
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "replay", "--evnts", "x.ndjson");
        Assert.Equal(2, ending.ExitCode);
        Assert.Contains("--evnts", ending.Error);
        Assert.Equal("", ending.Output);
    }

    [Fact]
    public async Task A_mistyped_option_before_a_file_is_named_with_what_was_meant_and_ends_in_2()
    {
        string rules = _folder.Write("test.rules.yaml", GoodRules);
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "rules", "check", "--fromat", "json", rules, "--lang", "en");
        Assert.Equal(2, ending.ExitCode);
        Assert.StartsWith("there is no option '--fromat'; did you mean '--format'?\n", ending.Error);
        Assert.Equal("", ending.Output);
    }

    [Fact]
    public async Task A_rule_error_stands_with_its_place_and_ends_in_1()
    {
        Ending ending = await ReplayAsync("good\n", GoodRules.Replace("event.level_m >", "event.levle_m >"));
        Assert.Equal(1, ending.ExitCode);
        Assert.Contains("test.rules.yaml:10:", ending.Error);
        Assert.Contains("did you mean 'level_m'", ending.Error);
        Assert.False(Directory.Exists(_folder.File("out")), "something was replayed although the rules have errors");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named_and_ends_in_2()
    {
        string rules = _folder.Write("test.rules.yaml", GoodRules);
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "replay", "--events", "nowhere.ndjson", "--rules", rules);
        Assert.Equal(2, ending.ExitCode);
        Assert.Contains("nowhere.ndjson", ending.Error);
    }

    [Fact]
    public async Task Dead_letters_end_in_1_only_where_one_is_strict()
    {
        Assert.Equal(0, (await ReplayAsync("broken\n", GoodRules)).ExitCode);
        Assert.Equal(1, (await ReplayAsync("broken\n", GoodRules, "--strict")).ExitCode);
        Assert.Equal(0, (await ReplayAsync("\n", GoodRules, "--strict")).ExitCode);
    }

    private Task<Ending> ReplayAsync(string events, string rules, params string[] others) => EngineProcess.RunInAsync(_folder.Path, ["replay", "--events", _folder.Write("events.ndjson", events), "--rules", _folder.Write("test.rules.yaml", rules), .. others]);
}
