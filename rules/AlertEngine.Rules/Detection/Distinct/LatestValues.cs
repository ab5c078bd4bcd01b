namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>
/// Different values in the order in which they were last seen. What leaves a sliding window, or goes at the bound, is always the one
/// not seen for longest; so the instant at which the number falls below any limit up to the bound is exact. Not thread-safe.
/// </summary>
internal sealed class LatestValues
{
    private readonly Dictionary<string, LinkedListNode<Seen>> _byValue = new(StringComparer.Ordinal);
    private readonly LinkedList<Seen> _inOrder = new();

    internal int Count => _byValue.Count;

    internal long OldestTicks => _inOrder.First!.Value.AtTicks;

    internal long NewestTicks => _inOrder.Last!.Value.AtTicks;

    /// <returns>Whether there was anything to forget.</returns>
    internal bool DropUpTo(long ticks)
    {
        int before = Count;
        while (Count > 0 && OldestTicks <= ticks)
            DropOldest();
        return Count < before;
    }

    /// <returns>False where the bound was met.</returns>
    internal bool See(string value, long atTicks, int keep)
    {
        if (_byValue.TryGetValue(value, out LinkedListNode<Seen>? known))
        {
            if (atTicks <= known.Value.AtTicks)
                return true;
            _inOrder.Remove(known);
            _byValue.Remove(value);
        }

        bool fits = Count < keep;
        if (!fits)
            DropOldest();
        _byValue.Add(value, Insert(new Seen(value, atTicks)));
        return fits;
    }

    internal void Write(StateWriter writer)
    {
        writer.Count(Count);
        long before = 0;
        foreach (Seen seen in _inOrder)
        {
            writer.Text(seen.Value);
            writer.Signed(seen.AtTicks - before);
            before = seen.AtTicks;
        }
    }

    internal static LatestValues Read(StateReader reader)
    {
        int count = reader.Bounded(Windows.WindowLimits.KeepLimit);
        var values = new LatestValues();
        long ticks = 0;
        for (int i = 0; i < count; i++)
            values.See(reader.RequiredText(), ticks += reader.Signed(), Windows.WindowLimits.KeepLimit);
        return values;
    }

    private LinkedListNode<Seen> Insert(Seen seen)
    {
        LinkedListNode<Seen>? before = _inOrder.Last;
        // Only a late value is not the newest.
        while (before is not null && before.Value.AtTicks > seen.AtTicks)
            before = before.Previous;
        return before is null ? _inOrder.AddFirst(seen) : _inOrder.AddAfter(before, seen);
    }

    private void DropOldest()
    {
        _byValue.Remove(_inOrder.First!.Value.Value);
        _inOrder.RemoveFirst();
    }

    private readonly record struct Seen(string Value, long AtTicks);
}
