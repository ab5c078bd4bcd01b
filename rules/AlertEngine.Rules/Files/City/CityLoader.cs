using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Compile;
using AlertEngine.Rules.Files.Devices;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.City;

/// <summary>What reading a city file gives.</summary>
/// <param name="City">The city; null where the file has errors.</param>
/// <param name="Registry">The device registry; empty where the file names none.</param>
internal sealed record CityReadingResult(CityModel? City, DeviceRegistry Registry);

/// <summary>Reads and checks the city file with its tables and calendars. Pure: the files come as text.</summary>
public static class CityLoader
{
    /// <summary>Checks a city file with everything that it names.</summary>
    public static ImmutableArray<RuleDiagnostic> Check(CitySources sources)
    {
        DiagnosticBag diagnostics = new();
        Read(sources, diagnostics);
        return diagnostics.ToOrdered();
    }

    /// <summary>The names of the files that a city file names, as they stand there; none where it cannot be read.</summary>
    public static ImmutableArray<string> CompanionsOf(SourceFile file)
    {
        if (YamlDocument.Of(file).Root is not YamlMapping root)
            return [];
        IEnumerable<string?> single = new[] { "devices", "streets", "grids", "polygons" }.Select(block => root.Map(block)?.Text("file"));
        IEnumerable<string?> holidays = root.Entries("calendars").Select(entry => entry.Value).OfType<YamlMapping>()
            .SelectMany(calendar => calendar.Scalars("holidays")).Select(scalar => scalar.Value);
        return [.. single.Concat(holidays).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    internal static CityReadingResult Read(CitySources sources, DiagnosticBag diagnostics)
    {
        var document = YamlDocument.Of(sources.File);
        SourceText source = document.Source;
        diagnostics.Declare(source);
        int errorsBefore = diagnostics.ErrorCount;
        if (Document.Read(document, "city/v1", CityShape.File, diagnostics) is not { } root)
            return new CityReadingResult(null, DeviceRegistry.Empty);
        CityReading reading = new(sources, source, root, diagnostics);
        CityModel? city = Build(reading);
        DeviceRegistry registry = DeviceRegistryReader.Read(reading, city);
        return new CityReadingResult(diagnostics.ErrorCount > errorsBefore ? null : city, registry);
    }

    private static CityModel? Build(CityReading reading)
    {
        YamlMapping root = reading.Root;
        if (root.Map("city") is not { } head || head.Text("code") is not { } code || head.Local("name") is not { } name)
            return null;
        ImmutableArray<string> levels = [.. CityUnits.Distinct(reading, root.Scalars("levels"), "level")];
        FrozenDictionary<string, District> districts = CityDistricts.Read(reading);
        FrozenDictionary<string, BusinessCalendar> calendars = CityCalendars.Read(reading);
        FrozenDictionary<string, Unit> units = CityUnits.Read(reading, levels, districts);
        FrozenDictionary<string, SlaPlan> slas = SlaReader.ReadAll(root, (node, id) => CheckCalendar(reading, calendars, node, id), reading.Source, reading.Diagnostics);
        FrozenDictionary<string, string> streets = CityDistricts.Streets(reading, districts);
        return new CityModel
        {
            Code = code,
            Name = name,
            Zone = ZoneOf(reading, head),
            Levels = levels,
            Districts = districts,
            DistrictByStreet = streets,
            StreetByGrid = CityGrids.Read(reading, streets),
            Polygons = PolygonsOf(reading),
            Units = units,
            Slas = slas,
            Calendars = calendars,
            Duties = CityDuties.Read(reading, levels, districts, units, calendars),
            KeepEndedOrders = root.Map("orders")?.Wait("keep_ended") ?? CityModel.Open.KeepEndedOrders,
            DefaultMode = root.Map("modes")?.Text("default") ?? "normal",
            Modes = CityModes.Read(reading, slas),
            Scenes = CityScenes.Read(reading),
            Digest = root.Map("digest") is { } digest && digest.Integer("hour") is { } hour ? new DigestPlan((int)hour, (int)(digest.Integer("holiday_every_hours") ?? 24)) : null,
            Places = PlaceReader.Read(root, "places"),
        };
    }

    private static DateTimeZone ZoneOf(CityReading reading, YamlMapping head)
    {
        YamlScalar? name = head.Scalar("timezone");
        DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name?.Value ?? "Asia/Shanghai");
        if (zone is null)
            reading.Report(FileCodes.UnknownZone, name!, $"'{name!.Value}' is not an IANA time zone", Suggestion.Nearest(name.Value, DateTimeZoneProviders.Tzdb.Ids));
        return zone ?? DateTimeZone.Utc;
    }

    private static PolygonSource? PolygonsOf(CityReading reading)
    {
        if (reading.Root.Map("polygons") is not { } block || block.Scalar("file") is not { } file || block.Text("district") is not { } path)
            return null;
        reading.Companion(file);
        return new PolygonSource(Path.Combine(reading.Sources.Folder, file.Value), block.Text("crs") == "gcj02", path);
    }

    private static void CheckCalendar(CityReading reading, FrozenDictionary<string, BusinessCalendar> calendars, YamlScalar node, string id)
    {
        if (!calendars.ContainsKey(id))
            reading.Report(FileCodes.UnknownCalendar, node, $"no calendar '{id}'", Suggestion.Nearest(id, calendars.Keys));
    }
}
