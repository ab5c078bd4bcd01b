namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// A part of a district's encoded state. The first replaces whatever there is; each of the others is applied like a delta, in turn with the deltas
/// of the batches between them.
/// </summary>
/// <param name="Sequence">The batch after which what is in it was so. Never below that of the part before.</param>
/// <param name="State">The bytes; nothing changes them any more.</param>
/// <param name="IsLast">Whether it is the last part.</param>
public sealed record StatePart(long Sequence, ReadOnlyMemory<byte> State, bool IsLast);
