using System.Security.Cryptography;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// Cuts a stream into lines that know where they stand. Lines are slices of blocks that are never used again, so whoever keeps a line keeps
/// its block and nothing is copied. Empty lines are passed over; the last line needs no end; CR LF is an end too. Not thread-safe.
/// </summary>
internal sealed class LineReader : IDisposable
{
    /// <summary>So much of a line that is too long is kept, for people to see what it is.</summary>
    private const int KeptOfOversizeBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly FileInputOptions _options;
    private readonly bool _isCsv;
    private byte[] _block;
    private long _blockOffset;
    private int _start;
    private int _scanned;
    private int _end;
    private bool _isStreamDone;
    private LineEnds _ends;
    private Oversize? _oversize;

    /// <summary>A reader of a stream whose first byte stands at <paramref name="offset"/> of the file.</summary>
    internal LineReader(Stream stream, long offset, bool isCsv, FileInputOptions options)
    {
        _stream = stream;
        _options = options;
        _isCsv = isCsv;
        _ends = new LineEnds(isCsv);
        _block = new byte[options.BlockBytes];
        _blockOffset = offset;
    }

    /// <summary>Whether nothing is left.</summary>
    internal bool IsAtEnd => _isStreamDone && _start == _end && _oversize is null;

    /// <summary>The next line, if it is in memory; otherwise <see cref="FillAsync"/> has to be called, unless the reader is at its end.</summary>
    internal bool TryNext(out RawLine line)
    {
        while (true)
        {
            int found = _ends.Find(_block.AsSpan(_scanned, _end - _scanned));
            if (found < 0 && !(_isStreamDone && (_start < _end || _oversize is not null)))
            {
                _scanned = _end;
                line = default;
                return false;
            }

            int lineEnd = found < 0 ? _end : _scanned + found;
            line = Cut(lineEnd, found < 0 ? _end : lineEnd + 1);
            if (line.Whole is not null || !IsBlank(line.Bytes.Span))
                return true;
        }
    }

    /// <summary>Reads on.</summary>
    internal async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_end - _start > _options.MaxLineBytes)
            BeginOversize();
        if (_oversize is not null)
            DropScanned();
        MakeRoom();
        int read = await _stream.ReadAsync(_block.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += read;
        _isStreamDone = read == 0;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _oversize?.Hash.Dispose();
        _stream.Dispose();
    }

    private RawLine Cut(int lineEnd, int next)
    {
        int from = _start;
        _start = _scanned = next;
        _ends = new LineEnds(_isCsv);
        int length = lineEnd - from;
        if (_oversize is not null || length > _options.MaxLineBytes)
            return CutOversize(from, lineEnd, next);
        if (length > 0 && _block[lineEnd - 1] == '\r')
            length--;
        return new RawLine(_blockOffset + from, _blockOffset + next, _block.AsMemory(from, length), null);
    }

    private RawLine CutOversize(int from, int lineEnd, int next)
    {
        Oversize oversize = _oversize ?? new Oversize(_blockOffset + from, _block.AsMemory(from, Math.Min(KeptOfOversizeBytes, lineEnd - from)));
        oversize.Append(_block.AsSpan(from, lineEnd - from));
        _oversize = null;
        using (oversize.Hash)
        {
            var whole = new OversizeLine(oversize.LengthBytes, Convert.ToHexStringLower(oversize.Hash.GetHashAndReset()));
            return new RawLine(oversize.Offset, _blockOffset + next, oversize.Beginning, whole);
        }
    }

    private void BeginOversize() => _oversize ??= new Oversize(_blockOffset + _start, _block.AsMemory(_start, Math.Min(KeptOfOversizeBytes, _end - _start)));

    private void DropScanned()
    {
        _oversize!.Append(_block.AsSpan(_start, _end - _start));
        _start = _scanned = _end;
    }

    /// <summary>A new block for what comes, beginning with the part of a line that the old one ends in.</summary>
    private void MakeRoom()
    {
        if (_end < _block.Length)
            return;
        int carried = _end - _start;
        var block = new byte[Math.Max(_options.BlockBytes, carried * 2)];
        _block.AsSpan(_start, carried).CopyTo(block);
        _blockOffset += _start;
        _scanned -= _start;
        _block = block;
        _start = 0;
        _end = carried;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IsEmpty || (line[0] <= ' ' && line.IndexOfAnyExcept(" \t\r"u8) < 0);

    private sealed class Oversize(long offset, ReadOnlyMemory<byte> beginning)
    {
        internal long Offset { get; } = offset;

        internal ReadOnlyMemory<byte> Beginning { get; } = beginning;

        internal IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        internal long LengthBytes { get; private set; }

        internal void Append(ReadOnlySpan<byte> part)
        {
            Hash.AppendData(part);
            LengthBytes += part.Length;
        }
    }
}
