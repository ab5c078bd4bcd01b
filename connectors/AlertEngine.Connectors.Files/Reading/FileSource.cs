using System.IO.Compression;
using System.IO.Hashing;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>One file as an input of a lane: NDJSON of CloudEvents, or anything with lines through a mapping; <c>.gz</c> is unpacked as it is read.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">What dead letters call it.</param>
/// <param name="Mapping">Opens the mapping that makes events of its rows, once for each reading; null where its lines are events.</param>
/// <param name="MappingHash">Tells an edited mapping from the one that the journal knows; empty without a mapping.</param>
/// <param name="Kind">What its lines are.</param>
/// <param name="Id">What names it in the journal; null: a hash of its bytes, so that an edited file is not taken for the one that was read before.</param>
public sealed record FileSource(string Path, string Name, Func<IRowMapping>? Mapping = null, string MappingHash = "", InputKind Kind = InputKind.Events, string? Id = null)
{
    private const int CopyBytes = 128 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The file as an input.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public InputDescription Describe()
    {
        if (Id is not null)
            return new InputDescription(Name, Id, 0, Kind);
        using FileStream file = OpenFile();
        var hash = new XxHash128();
        hash.Append(file);
        return new InputDescription(Name, $"{hash.GetCurrentHashAsUInt128():x32}{MappingHash}", 0, Kind);
    }

    /// <summary>The unpacked bytes from <paramref name="offset"/> on.</summary>
    internal async ValueTask<Stream> OpenAsync(long offset, CancellationToken cancellation)
    {
        FileStream file = OpenFile();
        if (!Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            file.Seek(offset, SeekOrigin.Begin);
            return file;
        }

        var unpacked = new GZipStream(file, CompressionMode.Decompress);
        await SkipAsync(unpacked, offset, cancellation).ConfigureAwait(false);
        return unpacked;
    }

    /// <summary>Where the first line begins: behind a byte order mark.</summary>
    internal async ValueTask<long> FirstOffsetAsync(CancellationToken cancellation)
    {
        await using Stream stream = await OpenAsync(0, cancellation).ConfigureAwait(false);
        var beginning = new byte[ByteOrderMark.Length];
        int read = await stream.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return read == beginning.Length && beginning.AsSpan().SequenceEqual(ByteOrderMark) ? ByteOrderMark.Length : 0;
    }

    private FileStream OpenFile() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    private static async ValueTask SkipAsync(Stream stream, long bytes, CancellationToken cancellation)
    {
        var passed = new byte[CopyBytes];
        while (bytes > 0)
        {
            int read = await stream.ReadAsync(passed.AsMemory(0, (int)Math.Min(bytes, passed.Length)), cancellation).ConfigureAwait(false);
            if (read == 0)
                return;
            bytes -= read;
        }
    }
}
