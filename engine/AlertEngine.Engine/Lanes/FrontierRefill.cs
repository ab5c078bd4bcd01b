using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The events that waited in reorder buffers when the journal ends. Their bytes are read again, from the lowest of their offsets; each class
/// gets back only what it had not evaluated. Which that is was journaled, so that neither a forgotten window nor another answer of the shared
/// memory can change it.
/// </summary>
internal sealed class FrontierRefill
{
    private const int CompactEvery = 4_096;

    private readonly Dictionary<Coordinate, Entry> _missing = [];
    private int _added;

    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => _missing.Count == 0;

    /// <summary>Remembers what a batch has put into buffers.</summary>
    public void Add(IReadOnlyList<BufferedEvent> buffered, IReadOnlyList<long> latenessTicks, long frontTicks)
    {
        foreach (BufferedEvent entry in buffered)
            Add(entry, latenessTicks);
        _added += buffered.Count;
        if (_added >= CompactEvery + _missing.Count / 2)
            Compact(frontTicks);
    }

    /// <summary>Forgets what has left the buffers below the front.</summary>
    public void Compact(long frontTicks)
    {
        _added = 0;
        foreach ((Coordinate at, Entry entry) in _missing)
        {
            entry.LatenessTicks.RemoveAll(lateness => entry.TimeTicks + lateness < frontTicks);
            if (entry.LatenessTicks.Count == 0)
                _missing.Remove(at);
        }
    }

    /// <summary>The lowest missing offset of an input; <see cref="long.MaxValue"/> where none is.</summary>
    public long LowestOffset(int input) =>
        _missing.Keys.Where(at => at.Input == input).Select(at => at.Offset).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Whether something of an input is missing.</summary>
    public bool Misses(int input) => _missing.Keys.Any(at => at.Input == input);

    /// <summary>Forgets what was missing of an input.</summary>
    public void Forget(int input)
    {
        foreach (Coordinate at in _missing.Keys.Where(at => at.Input == input).ToArray())
            _missing.Remove(at);
    }

    /// <summary>Takes the latenesses in which the record at a coordinate still has to wait; null where it need not be looked at.</summary>
    public IReadOnlyList<long>? Take(Coordinate at) => _missing.Remove(at, out Entry? entry) ? entry.LatenessTicks : null;

    private void Add(BufferedEvent buffered, IReadOnlyList<long> latenessTicks)
    {
        if (!_missing.TryGetValue(buffered.At, out Entry? entry))
            _missing[buffered.At] = entry = new Entry(buffered.TimeTicks, []);
        for (int i = 0; i < latenessTicks.Count; i++)
        {
            if ((buffered.Classes & (1u << i)) != 0)
                entry.LatenessTicks.Add(latenessTicks[i]);
        }
    }

    private sealed record Entry(long TimeTicks, List<long> LatenessTicks);
}
