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

    /// <summary>The whole state, encoded.</summary>
    ReadOnlyMemory<byte> EncodeSnapshot();

    /// <summary>Replaces the state by an encoded one.</summary>
    void Restore(ReadOnlyMemory<byte> snapshot);

    /// <summary>The lowest front beyond which a timer is due; <see cref="long.MaxValue"/> where none is pending.</summary>
    long NextDueFrontTicks { get; }

    /// <summary>The earliest instant of people's time at which something is due; likewise.</summary>
    long NextDueNowTicks { get; }
}
