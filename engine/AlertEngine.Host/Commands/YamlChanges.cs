using System.Collections.Immutable;
using System.Threading.Channels;

namespace AlertEngine.Host.Commands;

/// <summary>Tells when YAML files in some folders change. Changes that come while nobody waits count as one: a file that was read half-written is read again.</summary>
internal sealed class YamlChanges : IDisposable
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ImmutableArray<FileSystemWatcher> _watchers;

    public YamlChanges(ImmutableArray<string> folders) => _watchers = [.. folders.Select(Watch)];

    /// <summary>Waits for a change; false where the wait was cancelled.</summary>
    public async Task<bool> NextAsync(CancellationToken stop)
    {
        try
        {
            return await _changed.Reader.ReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (FileSystemWatcher watcher in _watchers)
            watcher.Dispose();
    }

    private FileSystemWatcher Watch(string folder)
    {
        var watcher = new FileSystemWatcher(folder, "*.yaml") { IncludeSubdirectories = true };
        watcher.Changed += Note;
        watcher.Created += Note;
        watcher.Deleted += Note;
        watcher.Renamed += Note;
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Note(object sender, FileSystemEventArgs change) => _changed.Writer.TryWrite(true);
}
