using System.Collections.Immutable;

namespace AlertEngine.Engine.Ports;

/// <summary>An output with its numbers, as it is published.</summary>
/// <param name="EmitSeq">Its number among all outputs of the lane; from 1, contiguous.</param>
/// <param name="TopicSeq">Its number among the lane's outputs of its topic; from 1, contiguous.</param>
/// <param name="Output">The message.</param>
public readonly record struct NumberedOutput(long EmitSeq, long TopicSeq, Output Output);

/// <summary>The end of one output partition after a commit: where a tail check begins.</summary>
/// <param name="Topic">The topic, or the file.</param>
/// <param name="Partition">The partition; 0 for a file.</param>
/// <param name="Offset">The first offset (byte) behind what was written.</param>
public readonly record struct OutputEnd(string Topic, int Partition, long Offset);

/// <summary>The record that each transaction leaves beside its outputs: how far the lane has published.</summary>
/// <param name="EmitSeq">The last output published; 0 where nothing was.</param>
/// <param name="Frontier">The lowest offset of each input that was not yet evaluated. For people and tools; the journal's is the true one.</param>
/// <param name="PreviousEnds">Where the previous transaction ended: a tail check begins there.</param>
/// <param name="RunId">Tells what was published before an accepted rewind from what came after.</param>
public sealed record PublishPosition(long EmitSeq, ImmutableArray<long> Frontier, ImmutableArray<OutputEnd> PreviousEnds, string RunId);

/// <summary>What a tail check saw.</summary>
/// <param name="Visible">The lane's <c>emit_seq</c>s above the position that readers can see, in rising order, with how often each occurs if more than once listed so often.</param>
/// <param name="Ends">Where the outputs end now.</param>
public sealed record OutputTail(ImmutableArray<long> Visible, ImmutableArray<OutputEnd> Ends);

/// <summary>How a publication ended.</summary>
public enum PublishStatus
{
    /// <summary>Visible, all of it.</summary>
    Committed = 0,

    /// <summary>Aborted, none of it is visible: publish again from the journal.</summary>
    Aborted,

    /// <summary>Nobody knows. Only the position tells, after a new producer was initialised.</summary>
    Unknown,

    /// <summary>Another owner has the lane: stop, and do not initialise again.</summary>
    Fenced,
}

/// <summary>An output that is the reason why its publication was aborted.</summary>
/// <param name="EmitSeq">Its number.</param>
/// <param name="Reason">One sentence for the operator and the dead letter that stands for it.</param>
/// <param name="IsForGood">Whether no later attempt can succeed; otherwise somebody may yet mend it (a missing topic, a missing right).</param>
public readonly record struct RefusedOutput(long EmitSeq, string Reason, bool IsForGood);

/// <summary>The outcome of a publication.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Ends">Where the outputs end now; empty unless committed.</param>
/// <param name="Detail">One sentence for the log; empty where committed.</param>
/// <param name="Refused">Where it was aborted, or nobody knows: the outputs that may be to blame, as far as that can be told.</param>
public sealed record PublishOutcome(PublishStatus Status, ImmutableArray<OutputEnd> Ends, string Detail, ImmutableArray<RefusedOutput> Refused = default);

/// <summary>
/// Where a lane's outputs go: a transactional producer, or files. One caller, one call at a time. A fault is a value where the protocol
/// must decide (<see cref="PublishOutcome"/>), otherwise an exception, which restarts the lane.
/// </summary>
public interface IOutputPort : IAsyncDisposable
{
    /// <summary>Becomes the lane's only producer: aborts the open transaction of a predecessor and fences it. Again after an unknown outcome, with a new producer.</summary>
    ValueTask InitialiseAsync(CancellationToken cancellation);

    /// <summary>The position, read to its end as of the initialisation; null where there is none.</summary>
    ValueTask<PublishPosition?> ReadPositionAsync(CancellationToken cancellation);

    /// <summary>The outputs of this lane that are visible above a position.</summary>
    ValueTask<OutputTail> ReadTailAsync(PublishPosition? position, CancellationToken cancellation);

    /// <summary>Publishes outputs, in order, and the position record, all or none.</summary>
    ValueTask<PublishOutcome> PublishAsync(ImmutableArray<NumberedOutput> outputs, PublishPosition position, CancellationToken cancellation);
}
