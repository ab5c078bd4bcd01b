using System.Collections.Immutable;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Matching;

/// <summary>A rule that may care about an event, and through which of its sources.</summary>
/// <param name="RuleNumber">The rule's place in <see cref="RuleSet.Rules"/>.</param>
/// <param name="Sources">The detector's sources that the event's type and district pass, one bit each.</param>
/// <param name="NeedsCheck">Whether device, street or source equalities remain to be asked of the event.</param>
/// <param name="ClassNumber">The lateness class the rule is evaluated in.</param>
public readonly record struct RuleCandidate(int RuleNumber, uint Sources, bool NeedsCheck, int ClassNumber);

/// <summary>The rules that may care about events of one type in one district. Immutable, shared by all such events.</summary>
public sealed class RuleBucket
{
    private readonly ImmutableArray<FieldGate> _gates;

    /// <summary>A bucket.</summary>
    /// <param name="candidates">The candidates in the order of their rule numbers.</param>
    /// <param name="gates">What an event's fields must pass to concern the candidate of the same place; default: every event concerns all.</param>
    public RuleBucket(ImmutableArray<RuleCandidate> candidates, ImmutableArray<FieldGate> gates = default)
    {
        Candidates = candidates;
        _gates = gates.IsDefault ? [.. candidates.Select(_ => FieldGate.Open)] : gates;
        foreach (RuleCandidate candidate in candidates)
            Classes |= 1u << candidate.ClassNumber;
    }

    /// <summary>No rule cares.</summary>
    public static RuleBucket Empty { get; } = new([]);

    /// <summary>The candidates in the order of their rule numbers.</summary>
    public ImmutableArray<RuleCandidate> Candidates { get; }

    /// <summary>The lateness classes of the candidates, one bit each. At most 32 classes.</summary>
    public uint Classes { get; }

    /// <summary>Whether no rule cares, so that the event changes nothing.</summary>
    public bool IsEmpty => Candidates.IsEmpty;

    /// <summary>
    /// Whether an event with these fields may change anything. Asked before the event becomes a record: of a city's events most pass no rule's
    /// first comparison, and at 1,000 rules this alone more than halves what a match costs.
    /// </summary>
    /// <param name="slots">The event's slots; only those of its own fields are read.</param>
    public bool Concerns(ReadOnlySpan<CelValue> slots)
    {
        foreach (ref readonly FieldGate gate in _gates.AsSpan())
        {
            if (gate.Passes(slots))
                return true;
        }

        return false;
    }
}
