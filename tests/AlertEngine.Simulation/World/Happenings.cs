namespace AlertEngine.Simulation.World;

/// <summary>What happened how often. A fault that never happens proves nothing.</summary>
internal sealed class Happenings
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Count(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;

    public void Add(Happenings other)
    {
        foreach ((string what, long times) in other._counts)
            Count(what, times);
    }
}
