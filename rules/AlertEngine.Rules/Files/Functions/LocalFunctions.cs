using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.Functions;

/// <summary>
/// <c>local.hour</c>, <c>local.date</c>, <c>local.weekday</c> and <c>calendar.isHoliday</c>, <c>calendar.isWorkday</c>: questions in the
/// city's zone, where CEL's own getters answer in UTC. Pure.
/// </summary>
internal static class LocalFunctions
{
    /// <summary>An environment with the functions of a city.</summary>
    public static CelEnvironment Declare(CelEnvironment environment, CityModel city)
    {
        DateTimeZone zone = city.Zone;
        return environment
            .DeclareFunction("local.hour", OfTime(zone, CelType.Int, time => CelValue.Of((long)time.Hour)))
            .DeclareFunction("local.minute", OfTime(zone, CelType.Int, time => CelValue.Of((long)time.Minute)))
            .DeclareFunction("local.date", OfTime(zone, CelType.String, time => CelValue.Of(LocalDatePattern.Iso.Format(time.Date))))
            // Monday is 1 and Sunday 7, as in ISO 8601.
            .DeclareFunction("local.weekday", OfTime(zone, CelType.Int, time => CelValue.Of((long)time.DayOfWeek)))
            .DeclareFunction("calendar.isHoliday", OfDay(city, (calendar, day) => calendar.IsHoliday(day)))
            .DeclareFunction("calendar.isWorkday", OfDay(city, (calendar, day) => calendar.IsWorkday(day)));
    }

    private static CelOverload OfTime(DateTimeZone zone, CelType result, Func<LocalDateTime, CelValue> part) =>
        CelOverload.Function(CelType.Timestamp, result, time => part(time.AsInstant!.Value.InZone(zone).LocalDateTime));

    private static ImmutableArray<CelOverload> OfDay(CityModel city, Func<BusinessCalendar, LocalDate, bool> ask) =>
    [
        CelOverload.Function(CelType.Timestamp, CelType.Bool, time => CelValue.Of(ask(city.MainCalendar, time.AsInstant!.Value.InZone(city.Zone).Date))),
        CelOverload.Function(CelType.Timestamp, CelType.String, CelType.Bool, (time, calendar) =>
            CalendarOf(city, calendar.AsString!) is { } found
                ? CelValue.Of(ask(found, time.AsInstant!.Value.InZone(city.Zone).Date))
                : CelValue.Error($"there is no calendar '{calendar.AsString}'", $"没有日历“{calendar.AsString}”")),
    ];

    private static BusinessCalendar? CalendarOf(CityModel city, string id) =>
        city.Calendars.GetValueOrDefault(id) ?? (city.AcceptsEverything ? BusinessCalendar.Weekdays : null);
}
