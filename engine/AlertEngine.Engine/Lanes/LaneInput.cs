using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>What the world tells the lane protocol: answers to its commands, and time. Ticks are 100 ns since the Unix epoch.</summary>
public abstract record LaneInput
{
    private LaneInput()
    {
    }

    /// <summary>The lane is ours: take it over.</summary>
    /// <param name="NowTicks">The clock.</param>
    /// <param name="Suspicion">The reason of the life before, where it ended by a suspicion (<see cref="LaneCommand.Restart.IsSuspicion"/>): what is found again, word for word, is so.</param>
    public sealed record Started(long NowTicks, string? Suspicion = null) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.InitTransactions"/>: the predecessor is fenced.</summary>
    public sealed record TransactionsInitialised : LaneInput;

    /// <summary>The newest snapshot, before any row.</summary>
    public sealed record SnapshotRecovered(LaneSnapshot Snapshot) : LaneInput;

    /// <summary>One row of the journal, in order.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="RowNumber">Its number in the journal.</param>
    public sealed record RowRecovered(LaneRow Row, long RowNumber) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.RecoverJournal"/>: that was all.</summary>
    /// <param name="LastRowNumber">The highest row number that the journal ever gave; 0 where it is empty.</param>
    public sealed record JournalRecovered(long LastRowNumber) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.ReadPosition"/>.</summary>
    public sealed record PositionRead(PublishPosition? Position) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.ReadTail"/>.</summary>
    public sealed record TailRead(OutputTail Tail) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.Seek"/>.</summary>
    public sealed record Sought : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.Fetch"/>.</summary>
    public sealed record RecordsFetched(InputFetch Fetch, long NowTicks) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.TakeNext"/>.</summary>
    public sealed record NextTaken : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.AskDedup"/>.</summary>
    public sealed record DedupAnswered(ImmutableArray<DedupAnswer> Answers) : LaneInput;

    /// <summary>A district's answer to its part of <see cref="LaneCommand.Evaluate"/>.</summary>
    public sealed record DistrictEvaluated(DistrictResult Result) : LaneInput;

    /// <summary>A district cannot read what was persisted of it.</summary>
    /// <param name="District">Which.</param>
    /// <param name="Detail">Why not.</param>
    public sealed record StateUnreadable(string District, string Detail) : LaneInput;

    /// <summary>A district's answer to <see cref="LaneCommand.EncodeSlice"/>.</summary>
    /// <param name="Slice">The part.</param>
    /// <param name="IsLast">Whether the district has no more.</param>
    public sealed record SliceEncoded(DistrictSlice Slice, bool IsLast) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.Persist"/>: all rows are durable.</summary>
    /// <param name="LastRowNumber">The number of the last of them.</param>
    public sealed record Persisted(long LastRowNumber) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.Persist"/>: it failed or timed out, and nobody knows what is durable.</summary>
    public sealed record PersistFailed(string Detail) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.Publish"/>.</summary>
    public sealed record PublishEnded(PublishOutcome Outcome) : LaneInput;

    /// <summary>Answers <see cref="LaneCommand.SaveSnapshot"/>. A snapshot that could not be saved only makes recovery longer.</summary>
    public sealed record SnapshotSaved(bool IsSaved) : LaneInput;

    /// <summary>Time goes on, with or without records.</summary>
    public sealed record Tick(long NowTicks) : LaneInput;

    /// <summary>The lane is another's now: everything in flight is abandoned.</summary>
    public sealed record Revoked : LaneInput;

    /// <summary>A clean stop: what is under way is finished, nothing new is begun.</summary>
    public sealed record Stop : LaneInput;
}
