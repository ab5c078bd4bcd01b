using System.Collections.Immutable;

namespace AlertEngine.Engine.Ports;

/// <summary>Where a record stands in the world: what tells our own replay from another's event.</summary>
/// <param name="Input">The input's place in <see cref="IInputPort.Inputs"/>.</param>
/// <param name="Offset">The record's offset.</param>
public readonly record struct Coordinate(int Input, long Offset);

/// <summary>A question to the shared memory of all lanes: who saw this first?</summary>
/// <param name="Key">The hash of source and id (and of the redrive number, where there is one).</param>
/// <param name="At">Our coordinate.</param>
public readonly record struct DedupQuestion(UInt128 Key, Coordinate At);

/// <summary>What the shared memory said.</summary>
public enum DedupAnswer
{
    /// <summary>Nobody, or we ourselves before a crash: process it.</summary>
    Ours = 0,

    /// <summary>Another coordinate: a duplicate.</summary>
    Theirs,

    /// <summary>It could not be asked: the lane's window alone decides, and the event is counted as degraded.</summary>
    Unavailable,
}

/// <summary>The long, shared memory of de-duplication (Redis). Without one the lane's window decides alone. One call at a time per lane.</summary>
public interface IDedupStore : IAsyncDisposable
{
    /// <summary>Asks all questions in one pipeline; one answer for each, in order. Never throws for a store that is down.</summary>
    ValueTask<ImmutableArray<DedupAnswer>> AskAsync(ImmutableArray<DedupQuestion> questions, CancellationToken cancellation);
}
