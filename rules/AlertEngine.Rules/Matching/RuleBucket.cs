using System.Collections.Immutable;

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
    /// <summary>A bucket.</summary>
    public RuleBucket(ImmutableArray<RuleCandidate> candidates)
    {
        Candidates = candidates;
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
}
