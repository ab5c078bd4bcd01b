using System.Globalization;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// Turns an SLA's limits into instants: elapsed time (时), working time (工作时) or workdays (工作日) of the SLA's calendar, in the city's zone.
/// A running limit keeps its instant when the calendar or the mode changes: what a unit was told holds. Pure.
/// </summary>
public static class SlaClock
{
    /// <summary>The deadlines of an order whose clock starts at that instant of people's time.</summary>
    public static OrderDeadlines Deadlines(SlaPlan? plan, CityModel city, long fromTicks)
    {
        if (plan is null)
            return OrderDeadlines.None;
        BusinessCalendar calendar = CalendarOf(plan, city);
        long? acknowledge = By(plan.Acknowledge, calendar, city.Zone, fromTicks);
        long? arrive = By(plan.Arrive, calendar, city.Zone, fromTicks);
        long? resolve = By(plan.Resolve, calendar, city.Zone, fromTicks);
        return new OrderDeadlines(acknowledge, arrive, resolve, plan, VersionOf(plan, calendar, city.Zone, fromTicks, [acknowledge, arrive, resolve]));
    }

    /// <summary>The deadlines after a hold: each moves on by the time that passed, as its own unit counts it.</summary>
    public static OrderDeadlines Resume(OrderDeadlines deadlines, CityModel city, long suspendedAtTicks, long resumedAtTicks)
    {
        var pause = new Pause(deadlines.Plan is { } plan ? CalendarOf(plan, city) : city.MainCalendar, city.Zone, suspendedAtTicks, Math.Max(suspendedAtTicks, resumedAtTicks));
        return deadlines with
        {
            AcknowledgeByTicks = pause.Move(deadlines.AcknowledgeByTicks, deadlines.Plan?.Acknowledge),
            ArriveByTicks = pause.Move(deadlines.ArriveByTicks, deadlines.Plan?.Arrive),
            ResolveByTicks = pause.Move(deadlines.ResolveByTicks, deadlines.Plan?.Resolve),
        };
    }

    /// <summary>When so many percent of the working time up to a deadline are gone.</summary>
    public static long? AfterShare(SlaPlan plan, CityModel city, long fromTicks, long byTicks, int percent)
    {
        BusinessCalendar calendar = CalendarOf(plan, city);
        long workTicks = WorkTime.Between(calendar, city.Zone, fromTicks, byTicks);
        return WorkTime.After(calendar, city.Zone, fromTicks, (long)((Int128)workTicks * percent / 100));
    }

    private static BusinessCalendar CalendarOf(SlaPlan plan, CityModel city) =>
        plan.CalendarId is { } id && city.Calendars.TryGetValue(id, out BusinessCalendar? calendar) ? calendar : city.MainCalendar;

    private static long? By(SlaLimit? limit, BusinessCalendar calendar, DateTimeZone zone, long fromTicks) => limit?.Unit switch
    {
        SlaUnit.Hours => fromTicks + (long)limit.Amount.TotalTicks,
        SlaUnit.WorkHours => WorkTime.After(calendar, zone, fromTicks, (long)limit.Amount.TotalTicks),
        SlaUnit.Workdays => WorkTime.WorkdaysAfter(calendar, zone, fromTicks, (int)Math.Min(limit.Amount.TotalDays, int.MaxValue)),
        _ => null,
    };

    /// <summary>The years whose holidays the calendar knew, and loudly those that it had to take by weekdays. Null where no limit asks a calendar.</summary>
    private static string? VersionOf(SlaPlan plan, BusinessCalendar calendar, DateTimeZone zone, long fromTicks, ReadOnlySpan<long?> deadlines)
    {
        if (plan is not ({ Acknowledge.Unit: not SlaUnit.Hours } or { Arrive.Unit: not SlaUnit.Hours } or { Resolve.Unit: not SlaUnit.Hours }))
            return null;
        long lastTicks = fromTicks;
        foreach (long? deadline in deadlines)
            lastTicks = Math.Max(lastTicks, deadline ?? fromTicks);
        string[] unknown = [.. UnknownYears(calendar, WorkTime.DayOf(zone, fromTicks), WorkTime.DayOf(zone, lastTicks)).Distinct().Select(Text)];
        string known = calendar.Years.IsEmpty ? "weekdays" : string.Join(",", calendar.Years.Select(Text));
        return unknown.Length == 0 ? known : $"{known}; unknown: {string.Join(",", unknown)}";
    }

    // The files of the years between, and of the year after where the span ends in late December.
    private static IEnumerable<int> UnknownYears(BusinessCalendar calendar, LocalDate first, LocalDate last) =>
        Enumerable.Range(first.Year, last.Year - first.Year + 1).Where(year => !calendar.Knows(year)).Concat(calendar.UnknownYearOf(last) is { } year ? [year] : []);

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);

    private sealed record Pause(BusinessCalendar Calendar, DateTimeZone Zone, long FromTicks, long UntilTicks)
    {
        public long? Move(long? byTicks, SlaLimit? limit) => (byTicks, limit?.Unit) switch
        {
            (null, _) => null,
            ({ } by, SlaUnit.WorkHours) when by > FromTicks => WorkTime.After(Calendar, Zone, UntilTicks, WorkTime.Between(Calendar, Zone, FromTicks, by)),
            ({ } by, SlaUnit.Workdays) when WorkTime.WorkdaysBetween(Calendar, Zone, FromTicks, UntilTicks) is > 0 and var days => WorkTime.WorkdaysAfter(Calendar, Zone, by, days),
            ({ } by, SlaUnit.WorkHours or SlaUnit.Workdays) => by,
            ({ } by, _) => by + (UntilTicks - FromTicks),
        };
    }
}
