namespace AlertEngine.Rules.Detection.Windows;

/// <summary>
/// The instants of the matches in a sliding window, oldest first, in a ring that grows to its bound and no further. A struct inside the
/// state: a ring object for each of a million keys would cost 24 bytes more. Not thread-safe.
/// </summary>
internal struct TimeRing
{
    private const int FirstCapacity = 2;

    private long[]? _times;
    private int _head;

    internal int Count { get; private set; }

    internal readonly long this[int index] => _times![Index(index)];

    internal readonly long OldestTicks => this[0];

    internal readonly long NewestTicks => this[Count - 1];

    /// <summary>Forgets what is at or before an instant: a window is open at its beginning.</summary>
    /// <returns>Whether there was anything to forget.</returns>
    internal bool DropUpTo(long ticks)
    {
        int before = Count;
        while (Count > 0 && OldestTicks <= ticks)
            DropOldest();
        return Count < before;
    }

    /// <summary>Adds an instant in its place; late ones are moved back. Beyond the bound the oldest goes.</summary>
    /// <returns>False where the bound was met.</returns>
    internal bool Add(long ticks, int keep)
    {
        bool fits = Count < keep;
        if (!fits)
            DropOldest();
        if (_times is null || Count == _times.Length)
            Grow(keep);
        int index = Count++;
        for (; index > 0 && this[index - 1] > ticks; index--)
            _times![Index(index)] = this[index - 1];
        _times![Index(index)] = ticks;
        return fits;
    }

    internal readonly void Write(StateWriter writer)
    {
        writer.Count(Count);
        long before = 0;
        for (int i = 0; i < Count; i++)
        {
            writer.Signed(this[i] - before);
            before = this[i];
        }
    }

    internal static TimeRing Read(StateReader reader)
    {
        int count = reader.Bounded(WindowLimits.KeepLimit);
        var ring = new TimeRing();
        long ticks = 0;
        for (int i = 0; i < count; i++)
            ring.Add(ticks += reader.Signed(), WindowLimits.KeepLimit);
        return ring;
    }

    private void DropOldest()
    {
        _head = Index(1);
        Count--;
    }

    private void Grow(int keep)
    {
        int capacity = _times is null ? FirstCapacity : _times.Length <= 4 ? _times.Length + 2 : _times.Length * 2;
        var grown = new long[Math.Min(capacity, keep)];
        for (int i = 0; i < Count; i++)
            grown[i] = this[i];
        _times = grown;
        _head = 0;
    }

    private readonly int Index(int index)
    {
        int at = _head + index;
        return at < _times!.Length ? at : at - _times.Length;
    }
}
