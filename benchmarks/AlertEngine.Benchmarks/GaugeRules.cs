using AlertEngine.Rules.Files;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks;

/// <summary>One rule over the levels of gauges, whose state is what is measured.</summary>
internal static class GaugeRules
{
    /// <summary>The rule with a detector.</summary>
    /// <param name="detect">The detector, as in a rule file.</param>
    public static RuleSet Load(string detect)
    {
        string text = $$"""
            alertengine: rules/v1
            pack: water
            events: { water.level: { level_m: { type: double, unit: m, range: [-5, 30] } } }
            rules:
              - id: high
                name: high
                owner: water
                stage: live
                lateness: 0s
                source: { type: water.level }
                detect: { {{detect}} }
                severity: { base: yellow }
                title: "{event.device}: {event.level_m:0.00} m"
                routes: [ { to: drainage } ]
            """;
        LoadResult loaded = RuleLoader.Load(new RuleSources { Rules = [new SourceFile("gauge.rules.yaml", text)] });
        return loaded.Rules ?? throw new InvalidOperationException(loaded.Diagnostics[0].ToString());
    }
}
