using NodaTime;

namespace AlertEngine.Rules.Detection.Windows;

/// <summary>
/// Tells the ends of tumbling windows: they are aligned to local midnight, and the last one of a day ends at the next midnight, also where a
/// change of the clocks made the day longer or shorter. Immutable and thread-safe.
/// </summary>
internal sealed class TumblingClock(DateTimeZone zone)
{
    /// <summary>The end of the window (end − w, end] that an instant lies in.</summary>
    internal long EndOf(long atTicks, long windowTicks)
    {
        LocalDate date = Instant.FromUnixTimeTicks(atTicks).InZone(zone).Date;
        long midnightTicks = Midnight(date);
        // Midnight itself belongs to the last window of the day before.
        if (atTicks == midnightTicks)
            return midnightTicks;
        long windows = (atTicks - midnightTicks + windowTicks - 1) / windowTicks;
        return Math.Min(midnightTicks + windows * windowTicks, Midnight(date.PlusDays(1)));
    }

    /// <summary>The end of the window that follows one that ended at an instant.</summary>
    internal long EndAfter(long endTicks, long windowTicks) => EndOf(endTicks + 1, windowTicks);

    private long Midnight(LocalDate date) => zone.AtStartOfDay(date).ToInstant().ToUnixTimeTicks();
}
