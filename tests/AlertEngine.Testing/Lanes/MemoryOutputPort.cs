using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Testing.Lanes;

/// <summary>The readers of a <see cref="MemoryWorld"/> behind the port that the actor publishes to.</summary>
public sealed class MemoryOutputPort(MemoryWorld world) : IOutputPort
{
    public ValueTask InitialiseAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<PublishPosition?> ReadPositionAsync(CancellationToken cancellation) => ValueTask.FromResult(world.Position);

    public ValueTask<OutputTail> ReadTailAsync(PublishPosition? position, CancellationToken cancellation) => ValueTask.FromResult(world.ReadTail(position));

    public ValueTask<PublishOutcome> PublishAsync(ImmutableArray<NumberedOutput> outputs, PublishPosition position, CancellationToken cancellation)
    {
        world.Commit(outputs, position);
        return ValueTask.FromResult(new PublishOutcome(PublishStatus.Committed, [], ""));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
