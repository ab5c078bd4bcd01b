using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace AlertEngine.Rules.Detection;

/// <summary>
/// Writes states and journal entries: varints, little-endian doubles, length-prefixed UTF-8. Small, explicit and stable, because what
/// it writes is read by later versions. Not thread-safe.
/// </summary>
/// <param name="capacityBytes">Room from the start; more than that grows by doubling. Default 256.</param>
public sealed class StateWriter(int capacityBytes = 256)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacityBytes);

    /// <summary>What was written so far.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>How many bytes were written.</summary>
    public int WrittenBytes => _buffer.WrittenCount;

    /// <summary>Forgets what was written, keeping the memory.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>One byte.</summary>
    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    /// <summary>A boolean, as one byte.</summary>
    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>An unsigned number in as few bytes as it needs (LEB128).</summary>
    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>A non-negative count.</summary>
    public void Count(int value) => Unsigned((ulong)value);

    /// <summary>A signed number, zig-zag.</summary>
    public void Signed(long value) => Unsigned((ulong)(value << 1) ^ (ulong)(value >> 63));

    /// <summary>A double, little-endian.</summary>
    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    /// <summary>A text, or null: its length in bytes plus one, then UTF-8.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Unsigned(0);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length + 1);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    /// <summary>Entries that were written beside because their number comes first.</summary>
    public void Counted(int count, StateWriter entries)
    {
        Count(count);
        _buffer.Write(entries._buffer.WrittenSpan);
    }

    /// <summary>Bytes with their length.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        _buffer.Write(value);
    }
}
