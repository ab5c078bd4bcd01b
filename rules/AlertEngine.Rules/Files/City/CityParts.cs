using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.City;

/// <summary>A place that rules ask about: a cemetery, a school.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Geo">Its position, WGS 84.</param>
public sealed record Place(string Id, LocalText Name, GeoPoint Geo);

/// <summary>When a district tells what happened (信息报送).</summary>
/// <param name="Hour">The local hour of each day, 0 to 23.</param>
/// <param name="HolidayEveryHours">How often on holidays and during the scene <c>holiday-watch</c>, 1 to 24, counted from that hour.</param>
public sealed record DigestPlan(int Hour, int HolidayEveryHours)
{
    /// <summary>The scene that makes digests frequent.</summary>
    public const string WatchScene = "holiday-watch";
}

/// <summary>One period of a duty roster, half-open.</summary>
/// <param name="FromOn">The first local day.</param>
/// <param name="UntilOn">The day after the last.</param>
/// <param name="UnitId">The unit on duty.</param>
public sealed record DutyPeriod(LocalDate FromOn, LocalDate UntilOn, string UnitId);

/// <summary>Who holds a level, day by day.</summary>
/// <param name="Level">The command level.</param>
/// <param name="DistrictCode">The district; null: the whole city.</param>
/// <param name="CalendarId">The calendar whose holidays are watched; null: the city's main one.</param>
/// <param name="Roster">The periods in the order of time; they do not overlap.</param>
public sealed record DutyPlan(string Level, string? DistrictCode, string? CalendarId, ImmutableArray<DutyPeriod> Roster)
{
    /// <summary>Who holds the level on holidays and during the scene <c>holiday-watch</c>, whatever the roster says; null: the roster holds.</summary>
    public string? WatchUnitId { get; init; }

    /// <summary>The scene during which this roster holds, before those that need none; null: always.</summary>
    public string? SceneId { get; init; }
}

/// <summary>What a mode changes.</summary>
/// <param name="Id">Its word: <c>emergency</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Slas">The SLA profiles used instead, by the name of the usual one.</param>
/// <param name="SeveritySteps">How many steps every severity is raised, 0 to 3.</param>
public sealed record CityMode(string Id, LocalText Name, FrozenDictionary<string, string> Slas, int SeveritySteps)
{
    /// <summary>Whether open orders get the deadlines of its profiles when it begins; otherwise what a unit was told holds.</summary>
    public bool ChangesClocks { get; init; }

    /// <summary>How many times their flood budget rules may send, 1 to 100.</summary>
    public int FloodTimes { get; init; } = 1;
}

/// <summary>When a scene is on by itself: days of the year, or days around a solar term.</summary>
/// <param name="From">The first day of the year; null for a term.</param>
/// <param name="Until">The day after the last; it may lie before <paramref name="From"/>, across the new year.</param>
/// <param name="Term">The solar term; null for days of the year.</param>
/// <param name="FirstDay">Days from the term, inclusive.</param>
/// <param name="LastDay">Days from the term, inclusive.</param>
public sealed record ScenePeriod(AnnualDate? From, AnnualDate? Until, string? Term, int FirstDay, int LastDay);

/// <summary>A named window that activates rules.</summary>
/// <param name="Id">Its word: <c>qingming</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Periods">When it is on by itself; empty: only by command.</param>
public sealed record Scene(string Id, LocalText Name, ImmutableArray<ScenePeriod> Periods);
