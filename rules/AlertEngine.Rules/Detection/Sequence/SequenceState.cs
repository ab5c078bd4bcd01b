using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Sequence;

/// <summary>A run: what has happened of a sequence since its first step.</summary>
internal sealed class SequenceRun
{
    /// <summary>The records of the steps that happened; empty for the others.</summary>
    internal required CelValue[][] Records { get; init; }

    internal required string StartSource { get; init; }

    internal required string StartId { get; init; }

    /// <summary>When the first step happened.</summary>
    internal required long StartTicks { get; init; }

    /// <summary>The last instant at which a step is within the sequence.</summary>
    internal required long ExpiresTicks { get; init; }

    /// <summary>The index of its stage.</summary>
    internal int Stage { get; set; }

    /// <summary>When the last step happened.</summary>
    internal long LastTicks { get; set; }

    /// <summary>When it completes, if nothing forbidden happens; never while steps are missing.</summary>
    internal long CompletesTicks { get; set; } = KeyState.NeverTicks;

    internal bool IsWaiting => CompletesTicks != KeyState.NeverTicks;

    /// <summary>When something happens to it without an event.</summary>
    internal long DueTicks => IsWaiting ? CompletesTicks : ExpiresTicks;
}

/// <summary>The latest value of another source.</summary>
/// <param name="AtTicks">When it was.</param>
/// <param name="ExpiresTicks">The last instant at which a step may look at it.</param>
/// <param name="Value">The value; missing where there is none.</param>
internal readonly record struct AsofValue(long AtTicks, long ExpiresTicks, CelValue Value);

/// <summary>The state of <c>sequence</c> for one key.</summary>
internal sealed class SequenceState : KeyState
{
    /// <summary>The pending runs, oldest first.</summary>
    internal List<SequenceRun> Runs { get; } = [];

    /// <summary>The values of other sources by their number; null where none are declared or known.</summary>
    internal AsofValue[]? Asofs { get; set; }

    /// <summary>How many completed runs it fires for; 0 where it does not fire.</summary>
    internal int Completed { get; set; }

    /// <summary>When it clears.</summary>
    internal long QuietTicks { get; set; } = NeverTicks;

    /// <summary>The records of the run that completed last, while it fires.</summary>
    internal CelValue[][]? LastRecords { get; set; }

    public override bool IsEmpty => Completed == 0 && Runs.Count == 0 && Asofs is null;

    public override bool IsFiring => Completed > 0;

    internal void SetDue()
    {
        long due = QuietTicks;
        foreach (SequenceRun run in Runs)
            due = Math.Min(due, run.DueTicks);
        foreach (AsofValue asof in Asofs ?? [])
            due = asof.Value.IsPresent ? Math.Min(due, asof.ExpiresTicks) : due;
        DueTicks = due;
    }

    internal void DropAsofsDue(long dueTicks)
    {
        if (Asofs is null)
            return;
        for (int i = 0; i < Asofs.Length; i++)
        {
            if (Asofs[i].ExpiresTicks <= dueTicks)
                Asofs[i] = default;
        }

        if (Array.TrueForAll(Asofs, asof => !asof.Value.IsPresent))
            Asofs = null;
    }
}
