using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>
/// Answers which rules can care about an event, by its type and district alone, so that cost follows the matching rules and not the loaded
/// ones. Built once with its rule set. Buckets are made when a pair is first met and kept: a city has few pairs. Thread-safe.
/// </summary>
public sealed class RuleIndex
{
    /// <summary>Beyond so many pairs buckets are built anew each time: hostile types must not fill the memory.</summary>
    private const int PairLimit = 100_000;

    private const int RecentCount = 4096;

    private readonly RuleScope _scope;
    private readonly string? _home;
    private readonly FrozenSet<string> _alertRules;
    private readonly ImmutableArray<CompiledRule> _rules;
    private readonly FrozenDictionary<string, ImmutableArray<int>> _rulesByType;
    private readonly ImmutableArray<int> _rulesOfAnyType;
    private readonly ConcurrentDictionary<(string Type, string District), RuleBucket> _buckets = new();
    // Decoders hand out the same text objects again and again: most look-ups end here, by reference, at a third of the cost of hashing two texts.
    // Entries are immutable and replaced whole, so that readers need no lock.
    private readonly Recent?[] _recent = new Recent?[RecentCount];
    private readonly ImmutableArray<int> _classOfRule;
    private readonly ImmutableArray<FieldGate> _gateOfRule;
    private readonly Dictionary<string, int> _numberById;

    /// <summary>An index of the rules of one scope. Draft and retired rules are left out: they see no event.</summary>
    /// <param name="rules">All rules: their places in it number them, whatever their scope.</param>
    /// <param name="scope">Whose events are asked about: those of districts, or those that lanes forward to the city's.</param>
    /// <param name="home">The district whose own events the rules of districts take here too: the city's code in its lane. Null: none.</param>
    public RuleIndex(ImmutableArray<CompiledRule> rules, RuleScope scope = RuleScope.District, string? home = null)
    {
        _scope = scope;
        _home = home;
        _rules = rules;
        Classes = [.. rules.Select(rule => rule.Lateness).Distinct().Order()];
        _classOfRule = [.. rules.Select(rule => Classes.IndexOf(rule.Lateness))];
        _gateOfRule = [.. rules.Select(FieldGate.Of)];
        _numberById = Enumerable.Range(0, rules.Length).ToDictionary(number => rules[number].Id, StringComparer.Ordinal);
        int[] evaluated = [.. Enumerable.Range(0, rules.Length).Where(Evaluates)];
        _rulesOfAnyType = [.. evaluated.Where(number => rules[number].Sources.Any(source => source.Types.IsEmpty && source.AlertRules.IsEmpty))];
        _alertRules = evaluated.Where(number => rules[number].Scope == scope)
            .SelectMany(number => rules[number].Sources.SelectMany(source => source.AlertRules)).ToFrozenSet(StringComparer.Ordinal);
        _rulesByType = evaluated
            .SelectMany(number => rules[number].Sources.SelectMany(source => TypesOf(source).AsEnumerable()).Distinct().Select(type => (type, number)))
            .GroupBy(pair => pair.type)
            .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.number).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The lateness classes in rising order; at least one once there is a rule.</summary>
    public ImmutableArray<Duration> Classes { get; }

    /// <summary>The lateness class of a rule.</summary>
    public int ClassOf(int ruleNumber) => _classOfRule[ruleNumber];

    /// <summary>The number of the rule with that id; −1 where the set has none.</summary>
    public int NumberOf(string ruleId) => _numberById.GetValueOrDefault(ruleId, -1);

    /// <summary>The rule with that id; null where the set has none.</summary>
    public CompiledRule? RuleOf(string ruleId) => NumberOf(ruleId) is >= 0 and var number ? _rules[number] : null;

    /// <summary>The rules that may care about events of this type in this district.</summary>
    public RuleBucket Find(string type, string district)
    {
        ref Recent? place = ref _recent[(RuntimeHelpers.GetHashCode(type) * 31 ^ RuntimeHelpers.GetHashCode(district)) & (RecentCount - 1)];
        if (place is { } recent && ReferenceEquals(recent.Type, type) && ReferenceEquals(recent.District, district))
            return recent.Bucket;
        RuleBucket bucket = FindByText(type, district);
        place = new Recent(type, district, bucket);
        return bucket;
    }

    private RuleBucket FindByText(string type, string district)
    {
        if (_buckets.TryGetValue((type, district), out RuleBucket? bucket))
            return bucket;
        bucket = Build(type, district);
        return _buckets.Count < PairLimit ? _buckets.GetOrAdd((type, district), bucket) : bucket;
    }

    /// <summary>Whether a rule is evaluated here: it is of this scope and neither draft nor retired.</summary>
    public bool Evaluates(int number) =>
        (_rules[number].Scope == _scope || _home is not null) && IsEvaluated(number);

    /// <summary>Whether a rule evaluated here takes the alerts of a rule (<c>source: { alert: … }</c>).</summary>
    public bool TakesAlertsOf(string ruleId) => _alertRules.Contains(ruleId);

    private static ImmutableArray<string> TypesOf(SourceSelector source) => source.AlertRules.IsEmpty ? source.Types : [AlertEvent.Type];

    private bool IsEvaluated(int number) =>
        _rules[number].Base.Stage is RuleStage.Live or RuleStage.Shadow || !_rules[number].Overrides.IsEmpty;

    private RuleBucket Build(string type, string district)
    {
        IEnumerable<int> numbers = _rulesByType.TryGetValue(type, out ImmutableArray<int> typed) ? typed.Concat(_rulesOfAnyType) : _rulesOfAnyType;
        RuleCandidate[] candidates = [.. numbers.Distinct().Order().Where(number => _rules[number].Scope == _scope || district == _home).Select(number => Candidate(number, type, district)).Where(candidate => candidate.Sources != 0)];
        return candidates.Length == 0 ? RuleBucket.Empty : new RuleBucket([.. candidates], [.. candidates.Select(candidate => _gateOfRule[candidate.RuleNumber])]);
    }

    private RuleCandidate Candidate(int number, string type, string district)
    {
        uint sources = 0;
        bool needsCheck = false;
        ImmutableArray<SourceSelector> selectors = _rules[number].Sources;
        for (int i = 0; i < selectors.Length; i++)
        {
            SourceSelector selector = selectors[i];
            bool takesAlerts = !selector.AlertRules.IsEmpty;
            if (takesAlerts != (type == AlertEvent.Type) || (!takesAlerts && !Holds(selector.Types, type)) || !Holds(selector.Districts, district))
                continue;
            sources |= 1u << i;
            needsCheck |= takesAlerts || !(selector.Devices.IsEmpty && selector.Streets.IsEmpty && selector.Sources.IsEmpty);
        }

        return new RuleCandidate(number, sources, needsCheck, _classOfRule[number]);
    }

    private sealed record Recent(string Type, string District, RuleBucket Bucket);

    private static bool Holds(ImmutableArray<string> admitted, string value) => admitted.IsEmpty || admitted.Contains(value);
}
