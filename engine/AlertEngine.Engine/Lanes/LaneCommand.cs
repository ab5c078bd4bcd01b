using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>What the lane protocol wants done. Commands of one list are carried out in order; those that answer do so with a <see cref="LaneInput"/>.</summary>
public abstract record LaneCommand
{
    private LaneCommand()
    {
    }

    /// <summary>Become the only producer of the lane; after an unknown outcome with a new producer.</summary>
    public sealed record InitTransactions : LaneCommand;

    /// <summary>Read the newest snapshot, then all rows behind it.</summary>
    public sealed record RecoverJournal : LaneCommand;

    /// <summary>Replace a district's state by its first slice of the snapshot; the others are applied like deltas.</summary>
    public sealed record RestoreDistrict(string District, ReadOnlyMemory<byte> State) : LaneCommand;

    /// <summary>Apply a persisted decision to a district, or a slice of the snapshot behind the first.</summary>
    public sealed record ApplyDelta(string District, ReadOnlyMemory<byte> Delta) : LaneCommand;

    /// <summary>Read the position record.</summary>
    public sealed record ReadPosition : LaneCommand;

    /// <summary>Look which outputs above the position are visible.</summary>
    public sealed record ReadTail(PublishPosition? Position) : LaneCommand;

    /// <summary>Place the inputs.</summary>
    public sealed record Seek(ImmutableArray<long> Offsets) : LaneCommand;

    /// <summary>Fetch records of the wanted inputs; the others are paused.</summary>
    public sealed record Fetch(int MaxRecords, ImmutableArray<int> Wanted) : LaneCommand;

    /// <summary>Come back with <see cref="LaneInput.NextTaken"/> after the messages that wait: decoding goes on then.</summary>
    public sealed record TakeNext : LaneCommand;

    /// <summary>Ask the shared memory of de-duplication.</summary>
    public sealed record AskDedup(ImmutableArray<DedupQuestion> Questions) : LaneCommand;

    /// <summary>Hand each district its part of a batch.</summary>
    public sealed record Evaluate(ImmutableArray<DistrictBatch> Batches) : LaneCommand;

    /// <summary>Have a district encode a part of its state as it is after the batches handed to it so far.</summary>
    /// <param name="District">The district's code.</param>
    /// <param name="Part">The part's number; 0 begins.</param>
    /// <param name="Sequence">The last batch handed to it.</param>
    /// <param name="MaxBytes">About how large the part may be.</param>
    public sealed record EncodeSlice(string District, int Part, long Sequence, int MaxBytes) : LaneCommand;

    /// <summary>Write rows, all or none. Never given while another one is in flight.</summary>
    public sealed record Persist(ImmutableArray<LaneRow> Rows) : LaneCommand;

    /// <summary>Publish outputs and position, all or none.</summary>
    public sealed record Publish(ImmutableArray<NumberedOutput> Outputs, PublishPosition Position) : LaneCommand;

    /// <summary>Keep a snapshot; it stands for all rows up to its number.</summary>
    public sealed record SaveSnapshot(LaneSnapshot Snapshot) : LaneCommand;

    /// <summary>Forget rows up to this number, and snapshots older than the newest.</summary>
    public sealed record Prune(long UpToRowNumber) : LaneCommand;

    /// <summary>A batch is durable: progress for people, and group offsets for lag tools.</summary>
    public sealed record ReportProgress(LaneProgress Progress) : LaneCommand;

    /// <summary>Tell people something that does not stop the lane.</summary>
    public sealed record Notice(string Text) : LaneCommand;

    /// <summary>All inputs are at their end, everything is published.</summary>
    public sealed record Complete(LaneTally Tally) : LaneCommand;

    /// <summary>Forget everything in memory and take the lane over again from the journal.</summary>
    /// <param name="Reason">Why, for the log.</param>
    /// <param name="IsSuspicion">Whether what was read cannot be, but a former owner may have written, published or pruned while it was read: the
    /// next life is told, and halts where it finds the same.</param>
    public sealed record Restart(string Reason, bool IsSuspicion = false) : LaneCommand
    {
        /// <summary>What the next life is told to look for: this suspicion, or, where this is none, the one there was.</summary>
        public string? SuspicionAfter(string? former) => IsSuspicion ? Reason : former;
    }

    /// <summary>Stop and raise an alarm: only a person can decide how to go on.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Cause">What a person may decide about it.</param>
    public sealed record Halt(string Reason, HaltCause Cause = HaltCause.Damage) : LaneCommand;

    /// <summary>Stop: only a new assignment may take the lane again.</summary>
    public sealed record StopLane(string Reason) : LaneCommand;
}

/// <summary>How far a lane has come.</summary>
/// <param name="Sequence">The last durable batch.</param>
/// <param name="FrontTicks">The event time all non-idle inputs have reached.</param>
/// <param name="ReadOffsets">How far each input was read.</param>
/// <param name="Tally">What was counted since the lane began. Not to be kept: it goes on changing.</param>
/// <param name="Backlog">Outputs persisted and not published.</param>
public sealed record LaneProgress(long Sequence, long FrontTicks, ImmutableArray<long> ReadOffsets, LaneTally Tally, int Backlog)
{
    /// <summary>What the last durable batch counted. It does not change any more.</summary>
    public LaneTally Batch { get; init; } = new();
}
