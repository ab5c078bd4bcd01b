namespace AlertEngine.Engine.Ingest;

/// <summary>The instants against which an event's times are judged, in ticks of 100 ns since the Unix epoch. Given from outside: decoding reads no clock.</summary>
/// <param name="LatestTicks">The latest admitted event time: the clock plus the skew; in a replay the highest seen plus the stated gap.</param>
/// <param name="NowTicks">What <c>expirytime</c> is compared with: the clock; in a replay the highest event time seen.</param>
public readonly record struct TimeBounds(long LatestTicks, long NowTicks)
{
    /// <summary>Every time is admitted and nothing is stale.</summary>
    public static TimeBounds None { get; } = new(long.MaxValue, long.MinValue);
}
