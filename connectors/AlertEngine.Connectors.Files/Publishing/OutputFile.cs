using System.Buffers;
using System.Buffers.Text;

namespace AlertEngine.Connectors.Files.Publishing;

/// <summary>
/// One NDJSON file of outputs. Each line begins with the lane's numbers, so that they are found again without reading the JSON:
/// <c>{"aelane":0,"aeemitseq":12,"aetopicseq":5,…</c>. Not thread-safe.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int FirstChunkBytes = 64 << 10;
    private static readonly byte[] EmitSeqName = ",\"aeemitseq\":"u8.ToArray();

    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _pending = new();

    /// <summary>Opens or creates the file, and cuts off a last line that a crash has left unfinished.</summary>
    public OutputFile(string path)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _file.SetLength(EndOfLastLine());
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Its length in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>Adds a line; it is written with the next <see cref="Commit"/>.</summary>
    public void Append(int lane, long emitSeq, long topicSeq, ReadOnlySpan<byte> value)
    {
        if (value.Length < 3 || value[0] != '{' || value.Contains((byte)'\n'))
            throw new ArgumentException("an output is one JSON object in one line", nameof(value));
        _pending.Write("{\"aelane\":"u8);
        Write(lane);
        _pending.Write(EmitSeqName);
        Write(emitSeq);
        _pending.Write(",\"aetopicseq\":"u8);
        Write(topicSeq);
        _pending.Write(","u8);
        _pending.Write(value[1..]);
        _pending.Write("\n"u8);
    }

    /// <summary>Writes what was added and waits until it is on the disk.</summary>
    public void Commit()
    {
        if (_pending.WrittenCount == 0)
            return;
        _file.Write(_pending.WrittenSpan);
        _file.Flush(flushToDisk: true);
        _pending.ResetWrittenCount();
    }

    /// <summary>The number of the last line; 0 in an empty file.</summary>
    public long LastEmitSeq() => EmitSeqsAbove(long.MaxValue - 1, includeLast: true).DefaultIfEmpty(0).Last();

    /// <summary>The numbers above one, in the order of the lines. The file is read from its end.</summary>
    public List<long> EmitSeqsAbove(long emitSeq, bool includeLast = false)
    {
        for (long chunkBytes = FirstChunkBytes; ; chunkBytes *= 4)
        {
            long start = Math.Max(0, _file.Length - chunkBytes);
            List<long> numbers = ReadNumbers(start);
            bool isEnough = start == 0 || (numbers.Count > 0 && (includeLast || numbers[0] <= emitSeq));
            if (isEnough)
                return includeLast ? numbers : numbers.FindAll(number => number > emitSeq);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(long number)
    {
        Utf8Formatter.TryFormat(number, _pending.GetSpan(20), out int written);
        _pending.Advance(written);
    }

    private List<long> ReadNumbers(long start)
    {
        byte[] bytes = new byte[_file.Length - start];
        RandomAccess.Read(_file.SafeFileHandle, bytes, start);
        ReadOnlySpan<byte> rest = bytes;
        // A chunk begins in the middle of a line.
        if (start > 0)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        List<long> numbers = [];
        while (rest.IndexOf((byte)'\n') is var end and >= 0)
        {
            numbers.Add(NumberOf(rest[..end]));
            rest = rest[(end + 1)..];
        }

        return numbers;
    }

    private static long NumberOf(ReadOnlySpan<byte> line)
    {
        int at = line.IndexOf(EmitSeqName);
        if (at >= 0 && Utf8Parser.TryParse(line[(at + EmitSeqName.Length)..], out long number, out _))
            return number;
        throw new InvalidDataException("a line without aeemitseq: the file was not written by the engine");
    }

    private long EndOfLastLine()
    {
        byte[] chunk = new byte[FirstChunkBytes];
        for (long end = _file.Length; end > 0; end -= chunk.Length)
        {
            long start = Math.Max(0, end - chunk.Length);
            int read = RandomAccess.Read(_file.SafeFileHandle, chunk.AsSpan(0, (int)(end - start)), start);
            int last = chunk.AsSpan(0, read).LastIndexOf((byte)'\n');
            if (last >= 0)
                return start + last + 1;
        }

        return 0;
    }
}
