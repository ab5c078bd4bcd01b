using NodaTime;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>
/// Tells the bucket of a season that an instant lies in, by the clock on the wall: seven in the morning stays seven in the morning when the
/// clocks change. Immutable and thread-safe.
/// </summary>
internal sealed class SeasonClock
{
    // A Monday, so that seasons of a week begin on Mondays and those of a day at midnight.
    private static readonly LocalDateTime Origin = new(2001, 1, 1, 0, 0);

    private readonly DateTimeZone _zone;
    private readonly long _seasonTicks;
    private readonly long _bucketTicks;

    /// <summary>A clock of seasons.</summary>
    /// <exception cref="ArgumentException">The bucket does not divide the season, or the buckets are more than the limit.</exception>
    internal SeasonClock(Duration season, Duration bucket, DateTimeZone zone)
    {
        _zone = zone;
        _seasonTicks = season.BclCompatibleTicks;
        _bucketTicks = bucket.BclCompatibleTicks;
        if (_bucketTicks <= 0 || _seasonTicks <= 0 || _seasonTicks % _bucketTicks != 0 || _seasonTicks / _bucketTicks > BaselineOptions.BucketLimit)
            throw new ArgumentException($"a season of {season} has no buckets of {bucket}", nameof(bucket));
    }

    internal int BucketCount => (int)(_seasonTicks / _bucketTicks);

    internal int BucketOf(long atTicks)
    {
        LocalDateTime local = Instant.FromUnixTimeTicks(atTicks).InZone(_zone).LocalDateTime;
        long sinceTicks = Period.DaysBetween(Origin.Date, local.Date) * NodaConstants.TicksPerDay + local.TickOfDay;
        return (int)((sinceTicks % _seasonTicks + _seasonTicks) % _seasonTicks / _bucketTicks);
    }
}
