namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The pure kernel of one district: all its state, and the function from a batch to outputs and a delta. No clock, no randomness, no I/O.
/// The same batches give the same results, however they are cut. Owned by one actor; not thread-safe.
/// </summary>
public interface IDistrictKernel
{
    /// <summary>Evaluates a batch and changes the state in memory; the delta is what makes the change durable.</summary>
    DistrictResult Evaluate(DistrictBatch batch);

    /// <summary>Applies a delta that was persisted: a decision is never taken again.</summary>
    void Apply(ReadOnlyMemory<byte> delta);

    /// <summary>
    /// Encodes a part of the state. Batches may be evaluated between the parts: together with the deltas of those batches they are the state after
    /// the last part (<see cref="StatePart"/>).
    /// </summary>
    /// <param name="part">Its number: 0 begins, every other one follows the one before.</param>
    /// <param name="sequence">The last batch evaluated.</param>
    /// <param name="maxBytes">About how large it may be; one entry more at most. <see cref="int.MaxValue"/>: everything in one part.</param>
    StatePart EncodePart(int part, long sequence, int maxBytes);

    /// <summary>Replaces the state by the first part of an encoded one.</summary>
    void Restore(ReadOnlyMemory<byte> first);

    /// <summary>The lowest front beyond which a timer is due; <see cref="long.MaxValue"/> where none is pending.</summary>
    long NextDueFrontTicks { get; }

    /// <summary>The earliest instant of people's time at which something is due; likewise.</summary>
    long NextDueNowTicks { get; }
}
