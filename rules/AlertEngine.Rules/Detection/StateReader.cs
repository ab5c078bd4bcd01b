using System.Buffers.Binary;
using System.Text;

namespace AlertEngine.Rules.Detection;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Not thread-safe.</summary>
/// <exception cref="InvalidDataException">Thrown by every member where the bytes end early or are malformed: a corrupt journal, which halts its lane.</exception>
public sealed class StateReader(ReadOnlyMemory<byte> bytes)
{
    private int _position;

    /// <summary>Whether everything was read.</summary>
    public bool IsAtEnd => _position == bytes.Length;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The version of a format, which begins every state: 1 to <paramref name="newest"/>.</summary>
    public byte Version(byte newest)
    {
        byte version = Byte();
        return version >= 1 && version <= newest
            ? version
            : throw new InvalidDataException($"a state of format {version}, which this program does not know");
    }

    /// <summary>A boolean.</summary>
    public bool Bool() => Byte() != 0;

    /// <summary>An unsigned number.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number of more than 64 bits");
    }

    /// <summary>A non-negative count.</summary>
    public int Count() => checked((int)Unsigned());

    /// <summary>A count that is not above a limit: corrupt bytes must not ask for memory that is not there.</summary>
    public int Bounded(int limit)
    {
        ulong count = Unsigned();
        return count <= (ulong)limit ? (int)count : throw new InvalidDataException($"{count} where at most {limit} are kept");
    }

    /// <summary>A signed number.</summary>
    public long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A double.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A text, or null.</summary>
    public string? Text()
    {
        ulong length = Unsigned();
        return length == 0 ? null : Encoding.UTF8.GetString(Take(checked((int)(length - 1))));
    }

    /// <summary>A text that must not be null.</summary>
    public string RequiredText() => Text() ?? throw new InvalidDataException("a text is missing");

    /// <summary>Bytes with their length.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        int length = checked((int)Unsigned());
        Take(length);
        return bytes.Slice(_position - length, length);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > bytes.Length - _position)
            throw new InvalidDataException("the bytes end early");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(_position, length);
        _position += length;
        return taken;
    }
}
