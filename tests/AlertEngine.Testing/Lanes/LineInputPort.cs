using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Testing.Lanes;

/// <summary>The lines of a <see cref="MemoryWorld"/> behind the port that the actor reads from.</summary>
public sealed class LineInputPort(MemoryWorld world) : IInputPort
{
    private long[] _reading = new long[world.Inputs.Length];

    public ImmutableArray<InputDescription> Inputs => world.Descriptions;

    public ValueTask SeekAsync(ImmutableArray<long> offsets, CancellationToken cancellation)
    {
        _reading = [.. offsets.Select(offset => Math.Max(0, offset))];
        return ValueTask.CompletedTask;
    }

    public ValueTask<InputFetch> FetchAsync(int maxRecords, ImmutableArray<int> wanted, CancellationToken cancellation) =>
        ValueTask.FromResult(world.Fetch(_reading, maxRecords, wanted));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
