using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Sequence;

/// <summary>
/// What a <c>sequence</c> block says. Its sources are numbered: the steps in order, then <see cref="Until"/> where there is one, then the
/// <c>asof</c> values step by step.
/// </summary>
/// <param name="Within">From the first step to the last that is not negated.</param>
/// <param name="Steps">At least one; the first is not negated. At most <see cref="Matching.FrameRecords.StepLimit"/>.</param>
public sealed record SequenceOptions(DurationOperand Within, ImmutableArray<SequenceStep> Steps)
{
    /// <summary>How many runs of one key may be pending.</summary>
    public const int RunLimit = 1_000;

    /// <summary>How many sources there may be: each has a bit of its own.</summary>
    public const int SourceLimit = 32;

    /// <summary>Cancels runs; null: nothing does.</summary>
    public SequenceUntil? Until { get; init; }

    /// <summary>Whether a new run may start while one is pending.</summary>
    public bool Overlap { get; init; }

    /// <summary>Fires until so long without a completed run; null: each completed run is a single shot.</summary>
    public DurationOperand? Quiet { get; init; }

    /// <summary>The number of the source of <see cref="Until"/>.</summary>
    public int UntilSource => Steps.Length;

    /// <summary>The number of the source of the first <c>asof</c> value.</summary>
    public int FirstAsofSource => Steps.Length + (Until is null ? 0 : 1);
}

/// <summary>A step of a sequence.</summary>
/// <param name="Name">Its name in later expressions: <c>tilt</c>.</param>
/// <param name="RecordSlots">The slots of its record: those of the event's layout, then one for each of <see cref="Asofs"/>.</param>
public sealed record SequenceStep(string Name, int RecordSlots)
{
    /// <summary>What must be true of the event, over <c>event</c> and the steps before; null: any event of the source.</summary>
    public CelCondition? When { get; init; }

    /// <summary>Whether no such event may come between its neighbours.</summary>
    public bool IsNot { get; init; }

    /// <summary>For a negated last step: for how long after the step before it.</summary>
    public DurationOperand For { get; init; }

    /// <summary>Values of other sources as they were when the step happened.</summary>
    public ImmutableArray<SequenceAsof> Asofs { get; init; } = [];

    /// <summary>The slots of the event that expressions read; the others are not kept. Default: all.</summary>
    public ImmutableArray<int> KeptSlots { get; init; }
}

/// <summary>The latest value of another source for the key.</summary>
/// <param name="Name">Its name in the step's record.</param>
/// <param name="Value">The value of that source's events.</param>
/// <param name="MaxAge">How old it may be when the step happens; missing otherwise.</param>
/// <param name="Slot">Its slot in the step's record.</param>
public sealed record SequenceAsof(string Name, CelFunction Value, DurationOperand MaxAge, int Slot);

/// <summary>What cancels runs: an event of its source.</summary>
/// <param name="When">Over <c>event</c> and the steps so far; null: any event of the source.</param>
public sealed record SequenceUntil(CelCondition? When);
