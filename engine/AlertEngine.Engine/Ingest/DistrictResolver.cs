using System.Collections.Frozen;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Finds the district of an event, in this order: its own <c>district</c>; its street, by the street table; its grid, by the grid table; the registry's district or
/// street of its device; its position, or else the registry's, by the outlines. The registry stands before the position because a city
/// knows where it has fixed its devices, streets that one district owns inside another's outline included; the rows of what moves (drones)
/// leave district and street empty. What cannot be resolved is rejected, never guessed. Thread-safe.
/// </summary>
public sealed class DistrictResolver
{
    private readonly CityModel _city;
    private readonly DeviceSites _sites;
    private readonly DistrictOutlines? _outlines;
    private readonly FrozenSet<string> _doubtful;

    /// <summary>A resolver for the city and registry of <paramref name="rules"/>; without outlines positions tell nothing.</summary>
    public DistrictResolver(RuleSet rules, DistrictOutlines? outlines)
    {
        _city = rules.City;
        _sites = new DeviceSites(rules);
        _outlines = outlines;
        _doubtful = DoubtfulDistricts(_city);
    }

    /// <summary>The code of the district whose outline holds the position, WGS 84; null: none does.</summary>
    public string? DistrictAt(double longitude, double latitude) => _outlines?.Find(longitude, latitude);

    /// <summary>Gives the event its district and its position in WGS 84; or the reason why not.</summary>
    internal Rejection? Resolve(DecodedEvent target)
    {
        if (target.Location.IsGiven)
            target.Position = PositionOf(target.Location);
        if (target.District.Length > 0)
        {
            target.DistrictBy = DistrictBy.Attribute;
            return Knows(target.District) ? null : new(RejectionCodes.UnknownDistrict, $"district '{target.District}' is none of the city's");
        }

        if (TryStreet(target.Street, target, DistrictBy.Street) || TryGrid(target))
            return null;
        return TryRegistry(target) || TryPosition(target) ? null : Unresolved(target);
    }

    private bool Knows(string district) => _city.AcceptsEverything || _city.Districts.ContainsKey(district) || district == _city.Code;

    private bool TryStreet(string street, DecodedEvent target, DistrictBy by)
    {
        if (street.Length == 0 || !_city.DistrictByStreet.TryGetValue(street, out string? district))
            return false;
        return Found(target, district, by);
    }

    private bool TryGrid(DecodedEvent target)
    {
        if (target.Grid.Length == 0 || !_city.StreetByGrid.TryGetValue(target.Grid, out string? street) || !TryStreet(street, target, DistrictBy.Grid))
            return false;
        if (target.Street.Length == 0)
            target.Street = street;
        return true;
    }

    private bool TryRegistry(DecodedEvent target)
    {
        if (_sites.Find(target.Device) is not { } site)
            return false;
        target.Position ??= site.Position is { } fixedAt ? (fixedAt.Longitude, fixedAt.Latitude) : null;
        if (target.Street.Length == 0)
            target.Street = site.Street;
        if (site.District.Length > 0 && Knows(site.District))
            return Found(target, site.District, DistrictBy.Registry);
        return TryStreet(site.Street, target, DistrictBy.Registry);
    }

    private bool TryPosition(DecodedEvent target)
    {
        if (target.Position is not { } position || DistrictAt(position.Longitude, position.Latitude) is not { } district)
            return false;
        target.IsDistrictDoubtful = _doubtful.Contains(district);
        return Found(target, district, DistrictBy.Polygon);
    }

    private static bool Found(DecodedEvent target, string district, DistrictBy by)
    {
        target.District = district;
        target.DistrictBy = by;
        return true;
    }

    private static (double Longitude, double Latitude) PositionOf(in EventLocation location) =>
        location.IsGcj02 ? Gcj02.ToWgs84(location.Longitude, location.Latitude) : (location.Longitude, location.Latitude);

    private static Rejection Unresolved(DecodedEvent target) => new(
        RejectionCodes.Unresolved,
        target.Position is null ? "no district: neither attribute, street, registry nor position tells it" : "no district: the position lies in none of the city's outlines");

    /// <summary>Districts inside whose outline another one owns streets that are filed under it: the first six digits of a street's code say where it is filed.</summary>
    private static FrozenSet<string> DoubtfulDistricts(CityModel city) =>
        city.DistrictByStreet
            .Select(pair => (Filed: city.Districts.Keys.FirstOrDefault(code => pair.Key.StartsWith(code, StringComparison.Ordinal)), Owner: pair.Value))
            .Where(street => street.Filed is not null && street.Filed != street.Owner)
            .Select(street => street.Filed!)
            .ToFrozenSet(StringComparer.Ordinal);
}
