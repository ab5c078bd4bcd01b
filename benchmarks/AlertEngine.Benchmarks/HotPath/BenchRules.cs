using AlertEngine.Rules.Files;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>Rules and events for the questions about single stages.</summary>
internal static class BenchRules
{
    internal const string District = "320106";

    /// <summary>A rule set of one rule with this detector, over <c>water.level</c> and <c>rain.level</c>.</summary>
    internal static RuleSet OfDetector(string detect) => Load($$"""
        rules:
          - id: measured
            name: { en: measured }
            owner: bench
            stage: live
            lateness: 0s
            {{(detect.Contains("source:", StringComparison.Ordinal) ? "" : "source: { type: [water.level, rain.level] }")}}
            {{(detect.StartsWith("sequence", StringComparison.Ordinal) ? "" : "key: event.device")}}
            detect: { {{detect}} }
            severity: { base: yellow }
            title: { en: measured }
            routes: [ { to: bench } ]
        """);

    /// <summary>A rule set of so many threshold rules, each of one type and one district.</summary>
    internal static RuleSet Thresholds(int count) => Load("rules:\n" + string.Join('\n', Enumerable.Range(0, count).Select(number => $$"""
          - id: threshold-{{number}}
            name: { en: threshold }
            owner: bench
            stage: live
            lateness: 0s
            source: { type: {{(number % 2 == 0 ? "water.level" : "rain.level")}}, district: "D{{number % 500}}" }
            key: event.device
            detect: { each: { when: "event.level_m > {{3 + number % 7}}.5", quiet: 10m } }
            severity: { base: yellow }
            title: { en: threshold }
            routes: [ { to: bench } ]
        """)));

    private static RuleSet Load(string rules)
    {
        string text = $$"""
            alertengine: rules/v1
            pack: bench
            events:
              water.level: { level_m: { type: double, unit: m }, gate: { type: string } }
              rain.level: { level_m: { type: double, unit: m }, gate: { type: string } }

            """ + rules;
        LoadResult loaded = RuleLoader.Load(new RuleSources { Rules = [new SourceFile("bench.rules.yaml", text)] });
        return loaded.Rules ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics.Select(finding => finding.MessageEn)));
    }
}
