using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: what <c>where</c> has asked for need not be asked again.</summary>
public sealed class WhereGuardTests
{
    [Fact]
    public void A_field_that_where_asks_for_is_there_in_the_detector_the_title_and_the_evidence() =>
        Assert.Equal("", Findings("has(event.o3) && event.ok"));

    [Fact]
    public void A_field_that_only_one_side_of_an_or_asks_for_may_be_missing() =>
        Assert.Contains("AE1100", Findings("has(event.o3) || event.ok"), StringComparison.Ordinal);

    private static string Findings(string where)
    {
        string text = $$"""
            alertengine: rules/v1
            pack: air
            events: { air: { o3: { type: double, optional: true }, ok: { type: bool } } }
            rules:
              - id: ozone
                name: ozone
                owner: ecology
                stage: live
                source: { type: air }
                where: {{where}}
                detect: { hold: { when: event.o3 > 200.0, for: 1h, clear: { when: event.o3 < 180.0 }, track: { peak: { max: event.o3 } } } }
                severity: { base: blue }
                title: "ozone {event.o3:0}"
                evidence: { fields: [event.o3] }
                routes: [ { to: ecology } ]
            """;
        return TextRenderer.Render(RuleLoader.Load(new RuleSources { Rules = [new SourceFile("air.rules.yaml", text)] }).Diagnostics);
    }
}
