using System.Collections.Immutable;
using AlertEngine.Rules.Files.City;
using NodaTime;

namespace AlertEngine.Engine.Evaluate;

/// <summary>What the city file alone says of a local day: holiday, workday and the scenes that are on by themselves. Pure.</summary>
public static class CityDays
{
    /// <summary>The context of a day on which nobody has switched anything.</summary>
    public static DistrictContext ContextOf(CityModel city, LocalDate day)
    {
        BusinessCalendar calendar = city.MainCalendar;
        ImmutableArray<string> scenes = [.. city.Scenes.Values.Where(scene => scene.Periods.Any(period => IsOn(period, day, city.Zone))).Select(scene => scene.Id).Order(StringComparer.Ordinal)];
        return new DistrictContext(city.DefaultMode, scenes, calendar.IsHoliday(day), calendar.IsWorkday(day));
    }

    private static bool IsOn(ScenePeriod period, LocalDate day, DateTimeZone zone) => period.Term is { } term
        ? Years(day).Any(year => IsAround(SolarTerms.Find(term, year, zone), period, day))
        : period is { From: { } from, Until: { } until } && IsBetween(from, until, day);

    // Days around a term near the new year may belong to a term of the year before or after.
    private static int[] Years(LocalDate day) => [day.Year - 1, day.Year, day.Year + 1];

    private static bool IsAround(LocalDate? term, ScenePeriod period, LocalDate day) =>
        term is { } on && day >= on.PlusDays(period.FirstDay) && day <= on.PlusDays(period.LastDay);

    // Half-open; a period whose end lies before its beginning runs across the new year.
    private static bool IsBetween(AnnualDate from, AnnualDate until, LocalDate day)
    {
        var today = new AnnualDate(day.Month, day.Day);
        return from.CompareTo(until) <= 0
            ? today.CompareTo(from) >= 0 && today.CompareTo(until) < 0
            : today.CompareTo(from) >= 0 || today.CompareTo(until) < 0;
    }
}
