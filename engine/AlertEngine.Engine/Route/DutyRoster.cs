using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Files.City;
using NodaTime;

namespace AlertEngine.Engine.Route;

/// <summary>
/// Who holds a command level now: the unit on the district's roster, else on the whole city's, else the one unit of that level that serves the
/// district, where there is just one. A roster of a scene that is on goes before those without a scene; on holidays, and while they are watched,
/// the unit of the watch goes before the roster. Pure.
/// </summary>
public static class DutyRoster
{
    /// <summary>The unit's id; null where the city file names none.</summary>
    /// <param name="city">The city.</param>
    /// <param name="level">The level.</param>
    /// <param name="district">The district's code.</param>
    /// <param name="atTicks">The instant, on people's time; its local day counts.</param>
    /// <param name="context">What holds in the district at that instant.</param>
    public static string? HolderOf(CityModel city, string level, string district, long atTicks, DistrictContext context)
    {
        LocalDate day = Instant.FromUnixTimeTicks(atTicks).InZone(city.Zone).Date;
        DutyPlan[] plans = [.. city.Duties.Where(plan => plan.Level == level && (plan.SceneId is null || context.Scenes.Contains(plan.SceneId))).OrderBy(plan => plan.SceneId is null)];
        return OnDuty(plans.Where(plan => plan.DistrictCode == district)) ?? OnDuty(plans.Where(plan => plan.DistrictCode is null)) ?? OnlyUnit(city, level, district);

        string? OnDuty(IEnumerable<DutyPlan> own) => own.Select(plan => HolderOf(plan, day, IsWatched(city, plan, day, context))).FirstOrDefault(unit => unit is not null);
    }

    private static string? HolderOf(DutyPlan plan, LocalDate day, bool isWatched) =>
        isWatched && plan.WatchUnitId is { } watch ? watch
        : plan.Roster.FirstOrDefault(period => day >= period.FromOn && day < period.UntilOn)?.UnitId;

    private static bool IsWatched(CityModel city, DutyPlan plan, LocalDate day, DistrictContext context) =>
        context.Scenes.Contains(DigestPlan.WatchScene)
        || (plan.CalendarId is { } id && city.Calendars.TryGetValue(id, out BusinessCalendar? calendar) ? calendar.IsHoliday(day) : context.IsHoliday);

    private static string? OnlyUnit(CityModel city, string level, string district)
    {
        ImmutableArray<Unit> own = [.. city.Units.Values.Where(unit => unit.Level == level && unit.DistrictCode == district).Take(2)];
        return own.Length == 1 ? own[0].Id : null;
    }
}
