namespace AlertEngine.Simulation.World;

/// <summary>All that is left to chance in one simulation, from its seed. Not thread-safe.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>True with this probability.</summary>
    public bool Of(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>From 0 to below the limit.</summary>
    public int Below(int limit) => _random.Next(limit);

    /// <summary>From the first to the last, both included.</summary>
    public int Between(int first, int last) => _random.Next(first, last + 1);

    /// <summary>A span between two, in milliseconds, as ticks.</summary>
    public long Millis(int from, int to) => ((long)Between(from, to) * TimeSpan.TicksPerMillisecond) + _random.Next(10_000);

    /// <summary>One of several.</summary>
    public T OneOf<T>(IReadOnlyList<T> several) => several[_random.Next(several.Count)];
}
