using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>
/// Goal: whoever edits a rule beside <c>rules test --watch</c> sees what became of its tests. Method: the program itself; a limit is changed in the rule
/// file, and then a name in the test file, and its JUnit file is read until it tells so.
/// </summary>
public sealed class WatchTests : IDisposable
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: watched
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

    private const string Tests =
        """
        alertengine: tests/v1
        rules: [high.rules.yaml]
        tests:
          - name: above the limit it fires
            start: 2026-07-01T08:00:00+08:00
            events: [ { type: water.level, device: WL-1, at: 0s, data: { level_m: 3.5 } } ]
            expect: [ { at: 0s, firing: [ { rule: high, key: WL-1 } ] } ]
        """;

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_change_of_a_rule_or_of_its_test_runs_the_tests_again()
    {
        _folder.Write("high.rules.yaml", Rules);
        _folder.Write("high.test.yaml", Tests);
        await using EngineProcess engine = EngineProcess.StartIn(_folder.Path, "rules", "test", ".", "--watch", "--junit", "results.xml");
        await UntilAsync("above the limit it fires", isFailed: false, engine);

        _folder.Write("high.rules.yaml", Rules.Replace("> 3.0", "> 4.0", StringComparison.Ordinal));
        await UntilAsync("above the limit it fires", isFailed: true, engine);

        _folder.Write("high.rules.yaml", Rules);
        _folder.Write("high.test.yaml", Tests.Replace("above the limit it fires", "under another name", StringComparison.Ordinal));
        string results = await UntilAsync("under another name", isFailed: false, engine);
        Assert.DoesNotContain("above the limit it fires", results, StringComparison.Ordinal);
    }

    private Task<string> UntilAsync(string test, bool isFailed, EngineProcess engine) => Patience.UntilAsync<string>(
        () =>
        {
            string path = _folder.File("results.xml");
            string results = File.Exists(path) ? File.ReadAllText(path) : "";
            bool isTold = results.Contains(test, StringComparison.Ordinal) && results.Contains("</testsuites>", StringComparison.Ordinal);
            return Task.FromResult(isTold && results.Contains("<failure", StringComparison.Ordinal) == isFailed ? results : null);
        },
        () => $"'{test}' was not told as {(isFailed ? "failed" : "passed")}; the program said:\n{engine.LastWords}",
        TestContext.Current.CancellationToken);
}
