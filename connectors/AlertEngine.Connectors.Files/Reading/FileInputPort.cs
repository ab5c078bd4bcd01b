using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// Files as the inputs of a lane. A record's offset is the byte at which its line begins in the unpacked file, so that a lane that starts
/// again goes on exactly there; of a packed file everything before is unpacked again. Files do not grow while they are read. Not thread-safe.
/// </summary>
public sealed class FileInputPort : IInputPort
{
    private readonly ImmutableArray<IFileRecords> _files;

    /// <summary>The files in the order given.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public FileInputPort(ImmutableArray<FileSource> sources, FileInputOptions options)
    {
        Inputs = [.. sources.Select(source => source.Describe())];
        _files = [.. sources.Select((source, input) => Open(source, input, options))];
    }

    /// <inheritdoc />
    public ImmutableArray<InputDescription> Inputs { get; }

    /// <inheritdoc />
    public async ValueTask SeekAsync(ImmutableArray<long> offsets, CancellationToken cancellation)
    {
        for (int input = 0; input < _files.Length; input++)
            await _files[input].SeekAsync(offsets[input], cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask<InputFetch> FetchAsync(int maxRecords, ImmutableArray<int> wanted, CancellationToken cancellation)
    {
        if (wanted.IsEmpty)
            return new InputFetch([], []);
        ImmutableArray<InputRecord>.Builder records = ImmutableArray.CreateBuilder<InputRecord>(maxRecords);
        ImmutableArray<int>.Builder atEnd = ImmutableArray.CreateBuilder<int>();
        int share = Math.Max(1, maxRecords / wanted.Length);
        foreach (int input in wanted)
        {
            await _files[input].ReadAsync(Math.Min(share, maxRecords - records.Count), records, cancellation).ConfigureAwait(false);
            if (_files[input].IsAtEnd)
                atEnd.Add(input);
        }

        return new InputFetch(records.DrainToImmutable(), atEnd.DrainToImmutable());
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        foreach (IFileRecords file in _files)
            file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IFileRecords Open(FileSource source, int input, FileInputOptions options) =>
        source.Mapping?.Invoke() is { } mapping && !mapping.Format.IsLines
            ? new DocumentRecords(source, mapping, input, options)
            : new FileRecords(source, source.Mapping?.Invoke(), input, options);
}
