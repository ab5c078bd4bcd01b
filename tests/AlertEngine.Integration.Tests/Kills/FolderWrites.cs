using System.Collections.Concurrent;

namespace AlertEngine.Integration.Tests.Kills;

/// <summary>Counts what is written to the journal and the outputs of a replay, as the file system tells it. Thread-safe.</summary>
internal sealed class FolderWrites : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly ConcurrentQueue<string> _deleted = [];
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _awaited = int.MaxValue;

    /// <summary>Watches a folder and those in it.</summary>
    public FolderWrites(string folder)
    {
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, InternalBufferSize = 64 << 10 };
        _watcher.Changed += (_, change) => Add(change.FullPath);
        _watcher.Deleted += (_, change) => _deleted.Enqueue(change.FullPath);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>How many writes there were so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>The output files that were taken away.</summary>
    public IEnumerable<string> DeletedOutputs => _deleted.Where(path => path.EndsWith(".ndjson", StringComparison.Ordinal));

    /// <summary>Done when there were so many writes.</summary>
    public Task ReachAsync(int count)
    {
        lock (_lock)
        {
            _awaited = count;
            if (_count >= count)
                _reached.TrySetResult();
        }

        return _reached.Task;
    }

    public void Dispose() => _watcher.Dispose();

    private void Add(string path)
    {
        if (!IsWork(path))
            return;
        lock (_lock)
        {
            if (++_count >= _awaited)
                _reached.TrySetResult();
        }
    }

    private static bool IsWork(string path) =>
        path.EndsWith(".ndjson", StringComparison.Ordinal) || path.EndsWith("journal.db-wal", StringComparison.Ordinal) || path.EndsWith("journal.db", StringComparison.Ordinal);
}
