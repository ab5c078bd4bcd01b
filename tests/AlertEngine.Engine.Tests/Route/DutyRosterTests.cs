using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Route;
using AlertEngine.Rules.Files.City;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Route;

/// <summary>Goal: who holds a level is told by the roster of the district, on holidays by the watch, in a scene by the roster of the scene.</summary>
public sealed class DutyRosterTests
{
    private static readonly LocalDate Holiday = new(2026, 10, 1), Workday = new(2026, 9, 30);

    [Fact]
    public void On_a_holiday_of_the_calendar_the_watch_holds_the_level_and_on_the_days_around_it_the_roster()
    {
        CityModel city = City(Plan("crew") with { CalendarId = "cn", WatchUnitId = "watch" });
        Assert.Equal(("crew", "watch", "crew"), (Holder(city, Workday), Holder(city, Holiday), Holder(city, Holiday.PlusDays(1))));
    }

    [Fact]
    public void Without_a_calendar_of_its_own_the_day_of_the_district_tells_whether_it_is_watched()
    {
        CityModel city = City(Plan("crew") with { WatchUnitId = "watch" });
        Assert.Equal(("crew", "watch"), (Holder(city, Workday), Holder(city, Workday, Context() with { IsHoliday = true })));
    }

    [Fact]
    public void The_scene_of_holiday_watch_begins_the_watch_on_any_day() =>
        Assert.Equal("watch", Holder(City(Plan("crew") with { CalendarId = "cn", WatchUnitId = "watch" }), Workday, Context("holiday-watch")));

    [Fact]
    public void A_roster_of_a_scene_goes_before_the_usual_one_while_the_scene_is_on()
    {
        CityModel city = City(Plan("crew"), Plan("dyke") with { SceneId = "flood" });
        Assert.Equal(("crew", "dyke"), (Holder(city, Workday), Holder(city, Workday, Context("flood"))));
    }

    [Fact]
    public void A_district_s_own_roster_goes_before_the_city_s_and_where_it_has_gaps_the_city_s_holds()
    {
        CityModel city = City(Plan("whole") with { DistrictCode = null }, Plan("crew", Workday, Holiday));
        Assert.Equal(("crew", "whole"), (Holder(city, Workday), Holder(city, Holiday)));
    }

    private static string? Holder(CityModel city, LocalDate day, DistrictContext? context = null) =>
        DutyRoster.HolderOf(city, "district", "D1", city.Zone.AtStartOfDay(day).Plus(Duration.FromHours(12)).ToInstant().ToUnixTimeTicks(), context ?? Context());

    private static DistrictContext Context(params ImmutableArray<string> scenes) => new("normal", scenes, false, true);

    private static DutyPlan Plan(string unit, LocalDate? from = null, LocalDate? until = null) =>
        new("district", "D1", null, [new DutyPeriod(from ?? new LocalDate(2026, 1, 1), until ?? new LocalDate(2027, 1, 1), unit)]);

    private static CityModel City(params ImmutableArray<DutyPlan> duties) => CityModel.Open with
    {
        Duties = duties,
        Calendars = new Dictionary<string, BusinessCalendar>
        {
            ["cn"] = BusinessCalendar.Weekdays with { Id = "cn", Listed = new Dictionary<LocalDate, bool> { [Holiday] = true }.ToFrozenDictionary(), Years = [2026] },
        }.ToFrozenDictionary(),
    };
}
