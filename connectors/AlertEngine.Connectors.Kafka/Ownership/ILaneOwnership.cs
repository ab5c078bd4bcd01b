using System.Collections.Immutable;

namespace AlertEngine.Connectors.Kafka.Ownership;

/// <summary>What runs the lanes that ownership hands out.</summary>
public interface ILaneRunner
{
    /// <summary>These lanes are ours: take them.</summary>
    void Assigned(ImmutableArray<int> lanes);

    /// <summary>These lanes go to another member: stop them cleanly. They are given away when the task has ended, or a limit has passed.</summary>
    Task RevokedAsync(ImmutableArray<int> lanes);

    /// <summary>These lanes may be another member's already: stop them at once.</summary>
    void Lost(ImmutableArray<int> lanes);

    /// <summary>Ownership itself has failed: nothing more will be assigned.</summary>
    void Failed(string reason);
}

/// <summary>Says which lanes are ours.</summary>
public interface ILaneOwnership : IAsyncDisposable
{
    /// <summary>Begins to hand out lanes. Once.</summary>
    void Start(ILaneRunner runner);
}

/// <summary>All lanes in one process, without a group: the journal is SQLite, which only one process can have open.</summary>
public sealed class SoleOwnership(int lanes) : ILaneOwnership
{
    /// <inheritdoc/>
    public void Start(ILaneRunner runner) => runner.Assigned([.. Enumerable.Range(0, lanes)]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
