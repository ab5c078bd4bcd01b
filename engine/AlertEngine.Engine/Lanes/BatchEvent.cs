using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>How far a batch has brought an input.</summary>
/// <param name="ReadOffset">Where reading goes on.</param>
/// <param name="MaxTimeTicks">The highest event time it has shown; <see cref="long.MinValue"/> before the first.</param>
public readonly record struct InputMark(long ReadOffset, long MaxTimeTicks);

/// <summary>A key that the window has admitted.</summary>
/// <param name="Key">The hash of the event's, or the observation's, identity.</param>
/// <param name="PayloadHash">The hash of its data.</param>
/// <param name="At">Where it was read.</param>
public readonly record struct AdmittedKey(UInt128 Key, ulong PayloadHash, Coordinate At);

/// <summary>An event that was read and waits in reorder buffers: together with the read offsets this is the frontier of each lateness class.</summary>
/// <param name="At">Where it was read, and is read again after a restart.</param>
/// <param name="TimeTicks">Its event time.</param>
/// <param name="Classes">The lateness classes in which it waits, one bit each.</param>
public readonly record struct BufferedEvent(Coordinate At, long TimeTicks, uint Classes);

/// <summary>What a batch changed in a district.</summary>
/// <param name="District">The district's code.</param>
/// <param name="Delta">The kernel's bytes; empty where only the dues changed.</param>
/// <param name="NextDueFrontTicks">The lowest front beyond which a timer is due.</param>
/// <param name="NextDueNowTicks">The earliest instant of people's time at which something is due.</param>
public readonly record struct DistrictDelta(string District, ReadOnlyMemory<byte> Delta, long NextDueFrontTicks, long NextDueNowTicks);

/// <summary>
/// Everything a batch decided: recovery applies it and decides nothing again. Decoded lists may share memory with the journal's rows.
/// </summary>
public sealed record BatchEvent
{
    /// <summary>The batch's number.</summary>
    public required long Sequence { get; init; }

    /// <summary>The number of the batch before; another one on recovery is a gap or a fork, which halts the lane.</summary>
    public required long Predecessor { get; init; }

    /// <summary>The batch's <c>now</c>.</summary>
    public required long NowTicks { get; init; }

    /// <summary>The front at its end.</summary>
    public required long FrontTicks { get; init; }

    /// <summary>The highest event time accepted so far.</summary>
    public required long HighestTicks { get; init; }

    /// <summary>The rules that evaluated it.</summary>
    public required string RuleSetHash { get; init; }

    /// <summary>The lateness of each class, to which <see cref="BufferedEvent.Classes"/> refers.</summary>
    public required ImmutableArray<long> LatenessTicks { get; init; }

    /// <summary>The inputs.</summary>
    public required ImmutableArray<InputMark> Inputs { get; init; }

    /// <summary>The lanes that wrote to inputs of this one, as they were last heard.</summary>
    public IReadOnlyList<SenderMark> Senders { get; init; } = [];

    /// <summary>The keys admitted.</summary>
    public required IReadOnlyList<AdmittedKey> Admitted { get; init; }

    /// <summary>The events that were put into buffers. Which have left them again follows from <see cref="FrontTicks"/>.</summary>
    public required IReadOnlyList<BufferedEvent> Buffered { get; init; }

    /// <summary>What changed in districts, in the order in which it is applied.</summary>
    public required ImmutableArray<DistrictDelta> Deltas { get; init; }

    /// <summary>The number of the first output.</summary>
    public required long FirstEmitSeq { get; init; }

    /// <summary>The outputs; their numbers are contiguous.</summary>
    public required ImmutableArray<Output> Outputs { get; init; }

    /// <summary>The numbers of earlier outputs that the broker refused for good: they are not published any more, a dead letter stands for each.</summary>
    public IReadOnlyList<long> Undeliverable { get; init; } = [];

    /// <summary>What this batch counted.</summary>
    public required LaneTally Tally { get; init; }

    /// <summary>Whether all inputs were at their end and nothing comes after it.</summary>
    public bool IsLast { get; init; }
}
