using System.IO.Hashing;
using System.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Turns bytes into texts and gives the same text for the same bytes, because types, sources, devices and districts come again and again:
/// a text that is met again costs no allocation. Bounded: a fixed table in which a newcomer takes the place of another, so a flood of new
/// names costs allocations but never memory. Not thread-safe.
/// </summary>
public sealed class TextIntern
{
    private readonly Entry[] _entries;
    private readonly int _mask;
    private readonly int _maxTextBytes;

    /// <summary>A table with at least <paramref name="capacity"/> places; texts longer than <paramref name="maxTextBytes"/> are not kept.</summary>
    public TextIntern(int capacity, int maxTextBytes = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        _mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity) - 1;
        _entries = new Entry[_mask + 1];
        _maxTextBytes = maxTextBytes;
    }

    /// <summary>The text of <paramref name="utf8"/>, which is valid UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > _maxTextBytes)
            return Encoding.UTF8.GetString(utf8);
        int place = (int)XxHash3.HashToUInt64(utf8) & _mask;
        ref Entry first = ref _entries[place];
        if (utf8.SequenceEqual(first.Utf8))
            return first.Text!;
        ref Entry second = ref _entries[place ^ 1];
        if (utf8.SequenceEqual(second.Utf8))
            return second.Text!;
        second = first;
        first = new Entry(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return first.Text!;
    }

    private readonly record struct Entry(byte[]? Utf8, string? Text);
}
