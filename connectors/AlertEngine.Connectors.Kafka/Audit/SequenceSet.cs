namespace AlertEngine.Connectors.Kafka.Audit;

/// <summary>Which numbers of a sequence were seen: a bit each, so that a hundred million messages fit into 12 MiB. Not thread-safe.</summary>
internal sealed class SequenceSet
{
    private ulong[] _bits = new ulong[16];

    /// <summary>The highest number seen; 0 before the first.</summary>
    internal long Highest { get; private set; }

    /// <summary>Notes a number from 1 on; false where it was seen before.</summary>
    internal bool Add(long number)
    {
        int word = checked((int)(number >> 6));
        if (word >= _bits.Length)
            Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        Highest = Math.Max(Highest, number);
        ulong bit = 1UL << (int)(number & 63);
        bool isNew = (_bits[word] & bit) == 0;
        _bits[word] |= bit;
        return isNew;
    }

    /// <summary>The stretches from <paramref name="from"/> to the highest number in which nothing was seen.</summary>
    internal IEnumerable<(long First, long Last)> Gaps(long from)
    {
        long first = 0;
        for (long number = from; number <= Highest + 1; number++)
        {
            bool isSeen = number > Highest || (_bits[number >> 6] & (1UL << (int)(number & 63))) != 0;
            if (!isSeen && first == 0)
                first = number;
            if (!isSeen || first == 0)
                continue;
            yield return (first, number - 1);
            first = 0;
        }
    }
}
