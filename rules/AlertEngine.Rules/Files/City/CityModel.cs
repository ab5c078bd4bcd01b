using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.City;

/// <summary>A district of the city: configuration, not a prefix of an administrative code.</summary>
/// <param name="Code">GB/T 2260 or local.</param>
/// <param name="Name">For people.</param>
/// <param name="Streets">Street codes that it owns although they are filed under another district.</param>
public sealed record District(string Code, LocalText Name, ImmutableArray<string> Streets);

/// <summary>A unit that receives orders: a department, a crew, a centre.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">For people.</param>
/// <param name="Level">Its command level; null where the file gives none.</param>
/// <param name="DistrictCode">The district it serves; null: the whole city.</param>
/// <param name="Topic">Where its orders go.</param>
public sealed record Unit(string Id, LocalText Name, string? Level, string? DistrictCode, string Topic);

/// <summary>Where district outlines are read from.</summary>
/// <param name="File">GeoJSON, absolute or relative to the city file, resolved.</param>
/// <param name="IsGcj02">Whether its coordinates are GCJ-02, to be converted to WGS 84.</param>
/// <param name="DistrictPath">The property that holds the district's code: <c>properties.adcode</c>.</param>
public sealed record PolygonSource(string File, bool IsGcj02, string DistrictPath);

/// <summary>
/// The city file, read and checked: districts, units, levels, SLA profiles, calendars, modes, scenes, duty rosters.
/// Immutable and thread-safe.
/// </summary>
public sealed record CityModel
{
    /// <summary>The city's own code, the district of what concerns the whole city.</summary>
    public required string Code { get; init; }

    /// <summary>The city's name.</summary>
    public required LocalText Name { get; init; }

    /// <summary>The zone in which calendars and local midnights are reckoned.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Command levels, lowest first.</summary>
    public required ImmutableArray<string> Levels { get; init; }

    /// <summary>The districts by code; empty and <see cref="AcceptsEverything"/> where no city file was given.</summary>
    public required FrozenDictionary<string, District> Districts { get; init; }

    /// <summary>The district of each street of the street table, own and filed.</summary>
    public required FrozenDictionary<string, string> DistrictByStreet { get; init; }

    /// <summary>The street of each grid of the grid table; empty where the file names none.</summary>
    public FrozenDictionary<string, string> StreetByGrid { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>District outlines; null where positions alone do not tell the district.</summary>
    public PolygonSource? Polygons { get; init; }

    /// <summary>The units by id.</summary>
    public required FrozenDictionary<string, Unit> Units { get; init; }

    /// <summary>SLA profiles by name.</summary>
    public required FrozenDictionary<string, SlaPlan> Slas { get; init; }

    /// <summary>The calendars by name.</summary>
    public FrozenDictionary<string, BusinessCalendar> Calendars { get; init; } = FrozenDictionary<string, BusinessCalendar>.Empty;

    /// <summary>Who holds which level when.</summary>
    public ImmutableArray<DutyPlan> Duties { get; init; } = [];

    /// <summary>How long an ended order can be reopened and asked about; then the engine forgets it. Default 7 days.</summary>
    public Duration KeepEndedOrders { get; init; } = Duration.FromDays(7);

    /// <summary>The mode that holds unless a command says otherwise.</summary>
    public string DefaultMode { get; init; } = "normal";

    /// <summary>The modes that change something, by word.</summary>
    public FrozenDictionary<string, CityMode> Modes { get; init; } = FrozenDictionary<string, CityMode>.Empty;

    /// <summary>The scenes by word.</summary>
    public FrozenDictionary<string, Scene> Scenes { get; init; } = FrozenDictionary<string, Scene>.Empty;

    /// <summary>When the digest is told; null: never.</summary>
    public DigestPlan? Digest { get; init; }

    /// <summary>The places that rules ask about, by kind.</summary>
    public FrozenDictionary<string, ImmutableArray<Place>> Places { get; init; } = FrozenDictionary<string, ImmutableArray<Place>>.Empty;

    /// <summary>Whether every district, unit, SLA and calendar name is accepted, because no city file was given.</summary>
    public bool AcceptsEverything { get; init; }

    /// <summary>The city of those who give no city file: everything is accepted, the zone is Asia/Shanghai.</summary>
    public static CityModel Open { get; } = new()
    {
        Code = "city",
        Name = LocalText.Both("city"),
        Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"],
        Levels = ["grid", "street", "district", "city"],
        Districts = FrozenDictionary<string, District>.Empty,
        DistrictByStreet = FrozenDictionary<string, string>.Empty,
        Units = FrozenDictionary<string, Unit>.Empty,
        Slas = FrozenDictionary<string, SlaPlan>.Empty,
        AcceptsEverything = true,
    };

    /// <summary>The unit of that id. An open city invents it, with the topic <c>city.workorders.ID.v1</c>.</summary>
    public Unit? FindUnit(string id) =>
        Units.TryGetValue(id, out Unit? unit) ? unit
        : AcceptsEverything ? new Unit(id, LocalText.Both(id), null, null, TopicOf(id))
        : null;

    /// <summary>The calendar that holidays and workdays are asked of: the first by name; without any, weekdays.</summary>
    public BusinessCalendar MainCalendar =>
        Calendars.Count == 0 ? BusinessCalendar.Weekdays : Calendars.MinBy(pair => pair.Key, StringComparer.Ordinal).Value;

    /// <summary>Whether a mode may be switched to.</summary>
    public bool HasMode(string mode) => AcceptsEverything || mode == DefaultMode || Modes.ContainsKey(mode);

    /// <summary>The SLA profile that a mode uses instead of another; the same where it replaces none.</summary>
    public SlaPlan? SlaIn(string mode, SlaPlan? usual) =>
        usual?.Name is { } name && Modes.TryGetValue(mode, out CityMode? change) && change.Slas.TryGetValue(name, out string? other) ? Slas.GetValueOrDefault(other, usual) : usual;

    /// <summary>The topic of a unit that names none.</summary>
    public static string TopicOf(string unitId) => $"city.workorders.{unitId}.v1";
}
