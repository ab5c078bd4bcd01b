using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Files.City;
using NodaTime;

namespace AlertEngine.Engine.Publish;

/// <summary>When a district's digest is due: at its hour, on holidays every few hours. Owned by one district; not thread-safe.</summary>
internal sealed class DigestClock(ContextTimeline timeline, CityModel city, long slowestClassTicks)
{
    /// <summary>Beyond a day and a clock change there is always one.</summary>
    private const int HoursAhead = 26;

    private long _nextTicks = long.MaxValue;

    /// <summary>The last instant that was told, or the beginning; null before.</summary>
    public long? ToldTicks { get; private set; }

    /// <summary>The instant of the next one.</summary>
    public long NextTicks => _nextTicks;

    /// <summary>The front at which it is due: behind everything that happened before it; <see cref="long.MaxValue"/> where none is.</summary>
    public long NextFrontTicks => _nextTicks == long.MaxValue ? long.MaxValue : _nextTicks + slowestClassTicks;

    /// <summary>A front up to which nothing is due; likewise.</summary>
    public long NothingDueBeforeFrontTicks => _nextTicks == long.MaxValue ? long.MaxValue : NextFrontTicks - 1;

    /// <summary>Goes on from an instant: its beginning, one that was told, or what another knew.</summary>
    public void GoOnFrom(long atTicks)
    {
        ToldTicks = atTicks;
        FindNext();
    }

    /// <summary>The context was changed: holidays may be others.</summary>
    public void FindNext() => _nextTicks = city.Digest is { } plan && ToldTicks is { } told ? After(plan, told) : long.MaxValue;

    private long After(DigestPlan plan, long ticks)
    {
        ZonedDateTime local = Instant.FromUnixTimeTicks(ticks).InZone(city.Zone);
        ZonedDateTime hour = city.Zone.AtLeniently(new LocalDateTime(local.Year, local.Month, local.Day, local.Hour, 0));
        for (int i = 0; i < HoursAhead; i++)
        {
            hour = hour.PlusHours(1);
            long atTicks = hour.ToInstant().ToUnixTimeTicks();
            if (atTicks > ticks && IsDue(plan, hour.Hour, atTicks))
                return atTicks;
        }

        return long.MaxValue;
    }

    /// <summary>Whether an instant is one at which a digest is told.</summary>
    public bool IsInstant(long atTicks)
    {
        ZonedDateTime local = Instant.FromUnixTimeTicks(atTicks).InZone(city.Zone);
        return city.Digest is { } plan && local is { Minute: 0, Second: 0, NanosecondOfSecond: 0 } && IsDue(plan, local.Hour, atTicks);
    }

    private bool IsDue(DigestPlan plan, int hour, long atTicks)
    {
        DistrictContext context = timeline.Look(atTicks).Context;
        bool isWatched = context.IsHoliday || context.Scenes.Contains(DigestPlan.WatchScene);
        return hour == plan.Hour || (isWatched && (hour - plan.Hour + 24) % plan.HolidayEveryHours == 0);
    }
}
