using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Absence;

/// <summary>What an <c>absence</c> block says. Exactly one of <see cref="Registry"/>, <see cref="List"/> and <see cref="Seen"/> is set.</summary>
/// <param name="For">How long a member must have sent nothing.</param>
public sealed record AbsenceOptions(DurationOperand For)
{
    /// <summary>How many members may be watched over in one district.</summary>
    public const int MemberLimit = 1_000_000;

    /// <summary>From so many members on, a stalled source is told from silent members.</summary>
    public const int StallMembers = 4;

    /// <summary>The most returning events that <see cref="Clear"/> may ask for.</summary>
    public const int ReturnLimit = 1_000;

    /// <summary>The registry's rows that satisfy it are members.</summary>
    public CelCondition? Registry { get; init; }

    /// <summary>The members by name.</summary>
    public ImmutableArray<string> List { get; init; }

    /// <summary>Keys are members from an event on until so long after the last one: not less than <see cref="For"/>.</summary>
    public DurationOperand? Seen { get; init; }

    /// <summary>Above this share of silent members the source is held to be stalled. 0.5 by default.</summary>
    public NumberOperand Stall { get; init; } = 0.5;

    /// <summary>What clears; null: the first event.</summary>
    public AbsenceClear? Clear { get; init; }
}

/// <summary>Clears once so many events have come within so long.</summary>
/// <param name="Events">1 to <see cref="AbsenceOptions.ReturnLimit"/>.</param>
/// <param name="Within">From the first of them to the last.</param>
public sealed record AbsenceClear(NumberOperand Events, DurationOperand Within);
