using System.Collections.Immutable;
using AlertEngine.Rules.Files.City;
using NodaTime;

namespace AlertEngine.Engine.Route;

/// <summary>
/// Who holds a command level now: the unit on the district's roster, else on the whole city's, else the one unit of that level that serves the
/// district, where there is just one. Pure.
/// </summary>
public static class DutyRoster
{
    /// <summary>The unit's id; null where the city file names none.</summary>
    /// <param name="city">The city.</param>
    /// <param name="level">The level.</param>
    /// <param name="district">The district's code.</param>
    /// <param name="atTicks">The instant, on people's time; its local day counts.</param>
    public static string? HolderOf(CityModel city, string level, string district, long atTicks)
    {
        LocalDate day = Instant.FromUnixTimeTicks(atTicks).InZone(city.Zone).Date;
        return OnRoster(city, level, district, day) ?? OnRoster(city, level, null, day) ?? OnlyUnit(city, level, district);
    }

    private static string? OnRoster(CityModel city, string level, string? district, LocalDate day)
    {
        foreach (DutyPlan plan in city.Duties)
        {
            if (plan.Level == level && plan.DistrictCode == district && plan.Roster.FirstOrDefault(period => day >= period.FromOn && day < period.UntilOn) is { } period)
                return period.UnitId;
        }

        return null;
    }

    private static string? OnlyUnit(CityModel city, string level, string district)
    {
        ImmutableArray<Unit> own = [.. city.Units.Values.Where(unit => unit.Level == level && unit.DistrictCode == district).Take(2)];
        return own.Length == 1 ? own[0].Id : null;
    }
}
