using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Functions;

/// <summary>
/// <c>geo.distance</c> between positions, <c>geo.within</c> a distance of each other, <c>geo.near</c> a place of a kind and the
/// <c>geo.nearest</c> one. Distances are meters. Pure.
/// </summary>
internal sealed class GeoFunctions
{
    private readonly FrozenDictionary<string, PlaceIndex> _placesByKind;

    private GeoFunctions(FrozenDictionary<string, ImmutableArray<Place>> places) =>
        _placesByKind = places.ToFrozenDictionary(kind => kind.Key, kind => new PlaceIndex(kind.Value), StringComparer.Ordinal);

    /// <summary>An environment with the functions over these places.</summary>
    public static CelEnvironment Declare(CelEnvironment environment, FrozenDictionary<string, ImmutableArray<Place>> places)
    {
        GeoFunctions functions = new(places);
        CelType nearest = CelType.Map(CelType.String, CelType.Dyn);
        return environment
            .DeclareFunction("geo.distance", CelOverload.Function(CelType.Geo, CelType.Geo, CelType.Double, (a, b) => CelValue.Of(Distance(a, b))))
            .DeclareFunction("geo.within", Within(CelType.Double), Within(CelType.Int))
            .DeclareFunction("geo.near", functions.Near(CelType.Double), functions.Near(CelType.Int))
            .DeclareFunction("geo.nearest", CelOverload.Function(CelType.Geo, CelType.String, nearest, functions.Nearest));
    }

    private static CelOverload Within(CelType meters) =>
        CelOverload.Function(CelType.Geo, CelType.Geo, meters, CelType.Bool, (a, b, limit) => CelValue.Of(Distance(a, b) <= Number(limit)));

    private CelOverload Near(CelType meters) => CelOverload.Function(CelType.Geo, CelType.String, meters, CelType.Bool, (position, kind, limit) =>
        _placesByKind.TryGetValue(kind.AsString!, out PlaceIndex? places) && PointOf(position) is { } at
            ? CelValue.Of(places.HasWithin(at.Latitude, at.Longitude, Number(limit)))
            : UnknownKind(kind));

    private CelValue Nearest(CelValue position, CelValue kind)
    {
        if (!_placesByKind.TryGetValue(kind.AsString!, out PlaceIndex? places) || PointOf(position) is not { } at
            || places.Nearest(at.Latitude, at.Longitude) is not { } nearest)
            return UnknownKind(kind);
        return CelValue.Map(
        [
            KeyValuePair.Create("id", CelValue.Of(nearest.Id)),
            KeyValuePair.Create("name", CelValue.Of(nearest.Name.Zh)),
            KeyValuePair.Create("geo", nearest.Geo.ToValue()),
        ]);
    }

    private static double Distance(CelValue a, CelValue b) =>
        PointOf(a) is { } from && PointOf(b) is { } to ? Geodesy.DistanceMeters(from.Latitude, from.Longitude, to.Latitude, to.Longitude) : double.NaN;

    private static GeoPoint? PointOf(CelValue value) => value.Reference as GeoPoint;

    private static double Number(CelValue value) => value.IsInt ? value.AsInt : value.AsDouble;

    private static CelValue UnknownKind(CelValue kind) => CelValue.Error($"there is no place of the kind '{kind.AsString}'", $"没有“{kind.AsString}”类的地点");
}
