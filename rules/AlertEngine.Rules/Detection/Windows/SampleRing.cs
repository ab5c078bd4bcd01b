namespace AlertEngine.Rules.Detection.Windows;

/// <summary>Timed numbers, oldest first, in a ring that grows to its bound and no further. Not thread-safe.</summary>
internal sealed class SampleRing
{
    private const int FirstCapacity = 8;

    private TimedValue[] _samples = [];
    private int _head;

    internal int Count { get; private set; }

    internal TimedValue this[int index] => _samples[Index(index)];

    internal TimedValue Oldest => this[0];

    internal TimedValue Newest => this[Count - 1];

    internal bool IsFull => Count == WindowLimits.SampleLimit;

    /// <summary>Adds a sample in its place: after those of the same instant; late ones are moved back. The ring must not be full.</summary>
    internal void Add(TimedValue sample)
    {
        if (Count == _samples.Length)
            Resize();
        int index = Count++;
        for (; index > 0 && this[index - 1].AtTicks > sample.AtTicks; index--)
            _samples[Index(index)] = this[index - 1];
        _samples[Index(index)] = sample;
    }

    internal TimedValue DropOldest()
    {
        TimedValue oldest = Oldest;
        _head = Index(1);
        Count--;
        return oldest;
    }

    /// <summary>Gives every second sample of the older half up, so that a long look back grows coarse before it grows short.</summary>
    internal void Thin()
    {
        int half = Count / 2;
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (i >= half || i % 2 == 0)
                _samples[Index(kept++)] = this[i];
        }

        Count = kept;
    }

    internal void Clear() => Count = _head = 0;

    internal void Write(StateWriter writer)
    {
        writer.Count(Count);
        long before = 0;
        for (int i = 0; i < Count; i++)
        {
            writer.Signed(this[i].AtTicks - before);
            writer.Double(this[i].Value);
            before = this[i].AtTicks;
        }
    }

    internal static SampleRing Read(StateReader reader)
    {
        int count = reader.Bounded(WindowLimits.SampleLimit);
        var ring = new SampleRing();
        long ticks = 0;
        for (int i = 0; i < count; i++)
            ring.Add(new TimedValue(ticks += reader.Signed(), reader.Double()));
        return ring;
    }

    private void Resize()
    {
        var grown = new TimedValue[Math.Min(Math.Max(_samples.Length * 2, FirstCapacity), WindowLimits.SampleLimit)];
        for (int i = 0; i < Count; i++)
            grown[i] = this[i];
        _samples = grown;
        _head = 0;
    }

    private int Index(int index)
    {
        int at = _head + index;
        return at < _samples.Length ? at : at - _samples.Length;
    }
}

/// <summary>A number and when it was measured.</summary>
internal readonly record struct TimedValue(long AtTicks, double Value);
