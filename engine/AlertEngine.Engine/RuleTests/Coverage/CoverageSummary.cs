using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Adds up what all test files reached. A rule that several files load is one rule: what any of them reaches is reached.
/// </summary>
internal sealed class CoverageSummary
{
    private readonly SortedDictionary<string, Reached> _rules = new(StringComparer.Ordinal);

    /// <summary>Adds the counts of one run and what its kernels decided.</summary>
    public void Add(CoverageProbe probe)
    {
        foreach ((string id, RuleCounts counts) in probe.Counts)
        {
            if (counts.Rule.Base.Stage is not (RuleStage.Live or RuleStage.Shadow))
                continue;
            if (!_rules.TryGetValue(id, out Reached? reached) || reached.Raises.Length != counts.Raises.Length || reached.Routes.Length != counts.Routes.Length)
                _rules[id] = reached = new Reached(counts.Rule);
            reached.Add(counts);
        }
    }

    /// <summary>The rules by id.</summary>
    public ImmutableArray<RuleCoverage> ToImmutable() => [.. _rules.Values.Select(reached => reached.ToCoverage())];

    private sealed class Reached(CompiledRule rule)
    {
        private bool _isFired;
        private bool _isShot;
        private bool _isCleared;

        public bool[] Raises { get; } = new bool[rule.Base.Severity.Raises.Length];

        public bool[] Routes { get; } = new bool[rule.Base.Routes.Length];

        public void Add(RuleCounts counts)
        {
            _isFired |= counts.Opened + counts.Shots > 0;
            _isShot |= counts.Shots > 0;
            _isCleared |= counts.Cleared > 0;
            Merge(Raises, counts.Raises);
            Merge(Routes, counts.Routes);
        }

        public RuleCoverage ToCoverage()
        {
            // A single shot never clears, so its clearing is no branch. What never fired is told as one thing, not as all its branches.
            List<string> branches = [.. Unreached(Raises, place => $"raise to {Words.Of(rule.Base.Severity.Raises[place].To)}")];
            if (!_isShot && !_isCleared)
                branches.Add("clear");
            return new RuleCoverage(
                rule.Id, _isFired, [.. branches], [.. Unreached(Routes, place => RouteText(rule.Base.Routes[place]))], Raises.Length + (_isShot ? 0 : 1), Routes.Length);
        }

        private static void Merge(bool[] reached, int[] counts)
        {
            for (int place = 0; place < reached.Length; place++)
                reached[place] |= counts[place] > 0;
        }

        private static IEnumerable<string> Unreached(bool[] reached, Func<int, string> text) =>
            Enumerable.Range(0, reached.Length).Where(place => !reached[place]).Select(text);

        private static string RouteText(RoutePlan route) =>
            route.WhenSource is { } when ? $"{string.Join(" + ", route.To)} when {when}" : string.Join(" + ", route.To);
    }
}
