using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads places, of the city file or of the fixtures of a test.</summary>
internal static class PlaceReader
{
    public static FrozenDictionary<string, ImmutableArray<Place>> Read(YamlMapping root, string key) =>
        root.Entries(key).ToFrozenDictionary(entry => entry.Key.Value, entry => PlacesOf(entry.Value), StringComparer.Ordinal);

    /// <summary>A position <c>{ lat, lon }</c>, or null.</summary>
    public static GeoPoint? Geo(YamlMapping? block) =>
        block?.Number("lat") is { } latitude && block.Number("lon") is { } longitude ? new GeoPoint(latitude, longitude) : null;

    private static ImmutableArray<Place> PlacesOf(YamlNode node) =>
        node is YamlSequence sequence ? [.. sequence.Items.OfType<YamlMapping>().Select(PlaceOf).OfType<Place>()] : [];

    private static Place? PlaceOf(YamlMapping block)
    {
        if (block.Text("id") is not { } id || Geo(block.Map("geo")) is not { } geo)
            return null;
        if (block.Text("crs") == "gcj02")
        {
            (double longitude, double latitude) = Gcj02.ToWgs84(geo.Longitude, geo.Latitude);
            geo = new GeoPoint(latitude, longitude);
        }

        return new Place(id, block.Local("name") ?? LocalText.Both(id), geo);
    }
}
