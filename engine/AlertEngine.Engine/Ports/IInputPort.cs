using System.Collections.Immutable;

namespace AlertEngine.Engine.Ports;

/// <summary>What comes through an input.</summary>
public enum InputKind
{
    /// <summary>Events of sensors, cameras, drones, people.</summary>
    Events = 0,

    /// <summary>Commands of operators.</summary>
    Commands,

    /// <summary>What downstream systems report about orders.</summary>
    Feedback,

    /// <summary>Records that lanes write for lanes; they carry the sender's watermark.</summary>
    Lanes,
}

/// <summary>One input of a lane: a partition of a topic, or a file.</summary>
/// <param name="Topic">The topic's name, or the file's name as it was given; dead letters name it.</param>
/// <param name="TopicId">What tells a recreated topic, or an edited file, from the one the journal knows. Part of every coordinate.</param>
/// <param name="Partition">The partition; 0 for a file.</param>
/// <param name="Kind">What comes through it.</param>
public sealed record InputDescription(string Topic, string TopicId, int Partition, InputKind Kind)
{
    /// <summary>How many partitions the topic has: with another number, districts belong to other lanes. 1 for a file. Default 1.</summary>
    public int Partitions { get; init; } = 1;
}

/// <summary>What a fetch brought.</summary>
/// <param name="Records">The records, of each input in rising order of offsets.</param>
/// <param name="AtEnd">The wanted inputs that had nothing more behind these records when they were asked. An input of files stays there.</param>
public sealed record InputFetch(ImmutableArray<InputRecord> Records, ImmutableArray<int> AtEnd)
{
    /// <summary>
    /// For each of <see cref="AtEnd"/> the offset at which it goes on, behind what is never handed out: the ends of transactions, and what was aborted.
    /// <see langword="default"/> where the port does not say.
    /// </summary>
    public ImmutableArray<long> Ends { get; init; }
}

/// <summary>
/// Where a lane's records come from. One caller, one call at a time. A transient fault is retried within, boundedly; an exception
/// says that the environment does not recover, and restarts the lane.
/// </summary>
public interface IInputPort : IAsyncDisposable
{
    /// <summary>The offset that stands for the earliest record there is: only a new lane begins there.</summary>
    const long Earliest = -1;

    /// <summary>The inputs; a record's <see cref="InputRecord.Input"/> is an index into them. The same in the same order while the lane lives.</summary>
    ImmutableArray<InputDescription> Inputs { get; }

    /// <summary>Places every input at an offset, or at <see cref="Earliest"/>. An offset that is no longer there is an exception, never a jump.</summary>
    ValueTask SeekAsync(ImmutableArray<long> offsets, CancellationToken cancellation);

    /// <summary>
    /// Up to <paramref name="maxRecords"/> records of the wanted inputs. Returns as soon as there are some, empty after a wait of the port's own;
    /// of inputs that are not wanted nothing is read (they are paused).
    /// </summary>
    ValueTask<InputFetch> FetchAsync(int maxRecords, ImmutableArray<int> wanted, CancellationToken cancellation);
}
