using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Publishing;

/// <summary>
/// One NDJSON file of outputs. Each line begins with the lane's numbers, so that they are found again without reading the JSON:
/// <c>{"aelane":0,"aeemitseq":12,"aetopicseq":5,…</c>; a record that a lane writes for a lane says there too what Kafka carries in headers and key.
/// Several lanes may write to one file, one after the other. Not thread-safe.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int ChunkBytes = 1 << 20;
    private static readonly byte[] LaneName = "{\"aelane\":"u8.ToArray();
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
    public void Append(int lane, in NumberedOutput output)
    {
        ReadOnlySpan<byte> value = output.Output.Value.Span;
        if (value.Length < 3 || value[0] != '{' || value.Contains((byte)'\n'))
            throw new ArgumentException("an output is one JSON object in one line", nameof(value));
        _pending.Write(LaneName);
        Write(lane);
        _pending.Write(EmitSeqName);
        Write(output.EmitSeq);
        _pending.Write(",\"aetopicseq\":"u8);
        Write(output.TopicSeq);
        if (output.Output.Transit is { } transit)
            _pending.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"aewatermark\":{transit.WatermarkTicks},\"aekey\":{JsonSerializer.Serialize(output.Output.Key)}")));
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

    /// <summary>The number of the lane's last line; 0 where it has none.</summary>
    public long LastEmitSeq(int lane) => Numbers(lane).FirstOrDefault();

    /// <summary>The lane's numbers above one, in the order of the lines.</summary>
    public List<long> EmitSeqsAbove(int lane, long emitSeq)
    {
        List<long> numbers = [.. Numbers(lane).TakeWhile(number => number > emitSeq)];
        numbers.Reverse();
        return numbers;
    }

    public void Dispose() => _file.Dispose();

    private void Write(long number)
    {
        Utf8Formatter.TryFormat(number, _pending.GetSpan(20), out int written);
        _pending.Advance(written);
    }

    /// <summary>The numbers of a lane's lines, the last first. The file is read from its end, as far as is asked.</summary>
    private IEnumerable<long> Numbers(int lane)
    {
        for (long end = _file.Length; end > 0;)
        {
            (long start, byte[] lines) = LinesBefore(end);
            List<long> numbers = NumbersOf(lane, lines);
            for (int i = numbers.Count - 1; i >= 0; i--)
                yield return numbers[i];
            end = start;
        }
    }

    /// <summary>The last whole lines before an offset that ends one.</summary>
    private (long Start, byte[] Lines) LinesBefore(long end)
    {
        for (long chunkBytes = ChunkBytes; ; chunkBytes *= 4)
        {
            long start = Math.Max(0, end - chunkBytes);
            byte[] bytes = new byte[end - start];
            RandomAccess.Read(_file.SafeFileHandle, bytes, start);
            // A chunk begins in the middle of a line.
            int first = start == 0 ? 0 : bytes.AsSpan().IndexOf((byte)'\n') + 1;
            if (start == 0 || (first > 0 && first < bytes.Length))
                return (start + first, bytes[first..]);
        }
    }

    private static List<long> NumbersOf(int lane, ReadOnlySpan<byte> rest)
    {
        List<long> numbers = [];
        while (rest.IndexOf((byte)'\n') is var end and >= 0)
        {
            long number = NumberBehind(rest[..end], EmitSeqName);
            if (rest.StartsWith(LaneName) && NumberBehind(rest[..end], LaneName) == lane)
                numbers.Add(number);
            rest = rest[(end + 1)..];
        }

        return numbers;
    }

    private static long NumberBehind(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        int at = line.IndexOf(name);
        if (at >= 0 && Utf8Parser.TryParse(line[(at + name.Length)..], out long number, out _))
            return number;
        throw new InvalidDataException("a line without aeemitseq: the file was not written by the engine");
    }

    private long EndOfLastLine()
    {
        byte[] chunk = new byte[ChunkBytes];
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
