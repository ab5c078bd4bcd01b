using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Rules with counters in them.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="Index">The index of districts.</param>
/// <param name="CityIndex">The index of the city.</param>
/// <param name="Probe">The counters.</param>
internal sealed record ProbedRules(RuleSet Rules, RuleIndex Index, RuleIndex CityIndex, CoverageProbe Probe)
{
    /// <summary>The latenesses of the rules that are evaluated in districts, or in the city.</summary>
    public ImmutableArray<Duration> LatenessesOf(RuleIndex index) =>
        [.. Enumerable.Range(0, Rules.Rules.Length).Where(index.Evaluates).Select(number => Rules.Rules[number].Lateness).Distinct().Order()];
}

/// <summary>
/// Counts which raises and routes of a rule were taken, by putting a counter around their compiled conditions: the kernel that runs is the
/// production one and knows nothing of it. What an override replaces is another's and is not counted.
/// </summary>
internal sealed class CoverageProbe
{
    private CoverageProbe(RuleSet rules) =>
        Counts = rules.Rules.ToDictionary(rule => rule.Id, rule => new RuleCounts(rule), StringComparer.Ordinal);

    /// <summary>The counts by rule id.</summary>
    public Dictionary<string, RuleCounts> Counts { get; }

    private static CelCondition Always { get; } = new(static _ => true, static _ => false);

    /// <summary>The rules with counters in them.</summary>
    public static ProbedRules Around(RuleSet rules)
    {
        var probe = new CoverageProbe(rules);
        RuleSet probed = rules with { Rules = [.. rules.Rules.Select(rule => rule with { Base = Around(rule.Base, probe.Counts[rule.Id]) })] };
        return new ProbedRules(probed, new RuleIndex(probed.Rules), new RuleIndex(probed.Rules, RuleScope.City), probe);
    }

    /// <summary>Counts what the kernels decided. A change counts for the rule that opened the alert, and for the one that joined it.</summary>
    public void Count(IEnumerable<AlertNotice> notices)
    {
        foreach (AlertNotice notice in notices)
        {
            Counts.GetValueOrDefault(notice.Alert.RuleId)?.Count(notice);
            if (notice.Merged is { } merged && merged.RuleId != notice.Alert.RuleId)
                Counts.GetValueOrDefault(merged.RuleId)?.Count(notice with { Change = AlertChange.Opened });
        }
    }

    private static RuleVariant Around(RuleVariant variant, RuleCounts counts) => variant with
    {
        Severity = variant.Severity with { Raises = [.. variant.Severity.Raises.Select((raise, place) => raise with { When = Counting(raise.When, counts.Raises, place) })] },
        Routes = [.. variant.Routes.Select((route, place) => route with { When = Counting(route.When ?? Always, counts.Routes, place) })],
    };

    private static CelCondition Counting(CelCondition condition, int[] counts, int place) => new(
        frame =>
        {
            bool isTrue = condition.IsTrue(frame);
            counts[place] += isTrue ? 1 : 0;
            return isTrue;
        },
        condition.IsFalse);
}
