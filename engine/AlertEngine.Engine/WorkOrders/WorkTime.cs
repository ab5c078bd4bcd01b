using AlertEngine.Rules.Files.City;
using NodaTime;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// Time as a business calendar counts it, in the city's zone: 调休 make-up days are worked, listed holidays are not. Instants are ticks since the
/// Unix epoch. Pure.
/// </summary>
public static class WorkTime
{
    /// <summary>The longest limit is 10,000 workdays, which is less than this many days in any calendar that is worked at all.</summary>
    private const int SearchedDaysMax = 20_000;

    /// <summary>When so much working time has passed since an instant; null where the calendar never gets there.</summary>
    public static long? After(BusinessCalendar calendar, DateTimeZone zone, long fromTicks, long workTicks)
    {
        LocalDate day = DayOf(zone, fromTicks);
        for (int searched = 0; searched < SearchedDaysMax; searched++, day = day.PlusDays(1))
        {
            (long opensTicks, long closesTicks) = HoursOf(calendar, zone, day, fromTicks);
            if (closesTicks - opensTicks >= workTicks)
                return opensTicks + workTicks;
            workTicks -= closesTicks - opensTicks;
        }

        return null;
    }

    /// <summary>How much working time lies between two instants; 0 where the second is not later.</summary>
    public static long Between(BusinessCalendar calendar, DateTimeZone zone, long fromTicks, long untilTicks)
    {
        long workTicks = 0;
        LocalDate day = DayOf(zone, fromTicks), last = DayOf(zone, Math.Max(fromTicks, untilTicks));
        for (int searched = 0; searched < SearchedDaysMax && day <= last; searched++, day = day.PlusDays(1))
        {
            (long opensTicks, long closesTicks) = HoursOf(calendar, zone, day, fromTicks);
            workTicks += Math.Max(0, Math.Min(closesTicks, untilTicks) - opensTicks);
        }

        return workTicks;
    }

    /// <summary>
    /// The close of business so many workdays later. The day itself does not count, and the last day ends when business does, as the Civil Code
    /// reckons (第二百零一条, 第二百零三条). Null where the calendar never gets there.
    /// </summary>
    public static long? WorkdaysAfter(BusinessCalendar calendar, DateTimeZone zone, long fromTicks, int workdays)
    {
        LocalDate day = DayOf(zone, fromTicks);
        for (int searched = 0; searched < SearchedDaysMax; searched++)
        {
            day = day.PlusDays(1);
            if (calendar.IsWorkday(day) && --workdays <= 0)
                return TicksOf(zone, day, calendar.ClosesAt);
        }

        return null;
    }

    /// <summary>How many workdays begin after one instant's day, up to another's.</summary>
    public static int WorkdaysBetween(BusinessCalendar calendar, DateTimeZone zone, long fromTicks, long untilTicks)
    {
        int workdays = 0;
        LocalDate day = DayOf(zone, fromTicks), last = DayOf(zone, untilTicks);
        for (int searched = 0; searched < SearchedDaysMax && day < last; searched++)
        {
            day = day.PlusDays(1);
            workdays += calendar.IsWorkday(day) ? 1 : 0;
        }

        return workdays;
    }

    /// <summary>The local day of an instant.</summary>
    public static LocalDate DayOf(DateTimeZone zone, long ticks) => Instant.FromUnixTimeTicks(ticks).InZone(zone).Date;

    // What is left of a day's hours from an instant on: empty on a day off, and where the instant lies behind them.
    private static (long OpensTicks, long ClosesTicks) HoursOf(BusinessCalendar calendar, DateTimeZone zone, LocalDate day, long fromTicks)
    {
        if (!calendar.IsWorkday(day))
            return (fromTicks, fromTicks);
        long opensTicks = Math.Max(fromTicks, TicksOf(zone, day, calendar.OpensAt));
        return (opensTicks, Math.Max(opensTicks, TicksOf(zone, day, calendar.ClosesAt)));
    }

    private static long TicksOf(DateTimeZone zone, LocalDate day, LocalTime time) => zone.AtLeniently(day.At(time)).ToInstant().ToUnixTimeTicks();
}
