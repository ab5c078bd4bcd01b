using System.Collections.Concurrent;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The ports that lanes have let go of and that are not closed yet. A port may be in the middle of a call of a client library when its lane ends, so
/// closing waits for it, and nobody may take from under it what it works with. Thread-safe.
/// </summary>
public sealed class PortClosings
{
    private readonly ConcurrentDictionary<Task, bool> _closing = new();

    /// <summary>Ends when every port that was let go of so far is closed.</summary>
    public Task AllAsync() => Task.WhenAll(_closing.Keys);

    internal void Begin(IAsyncDisposable port)
    {
        Task closing = CloseAsync(port);
        _closing[closing] = true;
        closing.ContinueWith(ended => _closing.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>On the pool: what closes without waiting must not hold a lane up. A port that cannot be closed is over all the same.</summary>
    private static async Task CloseAsync(IAsyncDisposable port) =>
        await Task.Run(() => port.DisposeAsync().AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
