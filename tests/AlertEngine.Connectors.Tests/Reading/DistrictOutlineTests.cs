using System.Text;
using System.Text.Json;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Connectors.Tests.Reading;

/// <summary>
/// Goal: a position is found in the district whose outline holds it. Method: over the real outlines of Nanjing, every answer beside that of
/// a ray cast over the raw rings, written here and knowing nothing of the engine.
/// </summary>
public sealed class DistrictOutlineTests
{
    private const int Points = 10_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_positions_are_where_a_plain_ray_cast_finds_them(bool isGcj02)
    {
        string file = SharedData.File("nanjing-districts", "320100_full.geojson");
        DistrictOutlines outlines = DistrictOutlineReader.Read(new PolygonSource(file, isGcj02, "properties.adcode")).Outlines!;
        List<(string Code, List<List<(double X, double Y)>> Rings)> raw = RawRings(file);
        var random = new Random(320100);
        int inside = 0;
        for (int i = 0; i < Points; i++)
        {
            (double x, double y) = (118.2 + (random.NextDouble() * 1.2), 31.1 + (random.NextDouble() * 1.6));
            string? expected = raw.FirstOrDefault(district => IsInside(district.Rings, x, y)).Code;
            (double longitude, double latitude) = isGcj02 ? Gcj02.ToWgs84(x, y) : (x, y);
            Assert.Equal(expected, outlines.Find(longitude, latitude));
            inside += expected is null ? 0 : 1;
        }

        Assert.InRange(inside, Points / 10, Points);
    }

    [Theory]
    [InlineData(118.7969, 32.0603, "320102")]
    [InlineData(118.7344, 32.0038, "320105")]
    [InlineData(118.8399, 31.9526, "320115")]
    [InlineData(116.4, 39.9, null)]
    public void Known_places_of_nanjing_are_in_their_districts(double longitude, double latitude, string? district)
    {
        string file = SharedData.File("nanjing-districts", "320100_full.geojson");
        Assert.Equal(district, DistrictOutlineReader.Read(new PolygonSource(file, true, "properties.adcode")).Outlines!.Find(longitude, latitude));
    }

    [Fact]
    public void A_hole_is_outside()
    {
        DistrictOutlines outlines = Read("""{"features":[{"properties":{"c":"A"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[6,3],[6,6],[3,6],[3,3]]]}}]}""").Outlines!;
        Assert.Equal(("A", null), (outlines.Find(1, 1), outlines.Find(4, 4)));
    }

    [Theory]
    [InlineData("{", "no GeoJSON of outlines: ")]
    [InlineData("{}", "no GeoJSON of outlines: The given key was not present in the dictionary.")]
    [InlineData("""{"features":[{"properties":{},"geometry":{}}]}""", "no GeoJSON of outlines: feature 0 has no text or number at properties.c")]
    [InlineData("""{"features":[{"properties":{"c":1},"geometry":{"type":"Point","coordinates":[1,2]}}]}""", "no GeoJSON of outlines: feature 0 is a Point, neither Polygon nor MultiPolygon")]
    [InlineData("""{"features":[{"properties":{"c":1},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[5,5]]]}}]}""", "no GeoJSON of outlines: a ring is not closed, or has fewer than four positions")]
    public void A_file_that_has_no_outlines_says_why(string json, string fault) =>
        Assert.StartsWith($"districts.geojson: {fault}", Read(json).Fault);

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_and_no_exception() =>
        Assert.Contains("nowhere.geojson", DistrictOutlineReader.Read(new PolygonSource("/nowhere.geojson", false, "c")).Fault);

    private static OutlineReading Read(string json) =>
        DistrictOutlineReader.Read(Encoding.UTF8.GetBytes(json), new PolygonSource("districts.geojson", false, "properties.c"));

    private static List<(string, List<List<(double, double)>>)> RawRings(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(feature => (
            feature.GetProperty("properties").GetProperty("adcode").GetInt32().ToString(),
            feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
                .SelectMany(polygon => polygon.EnumerateArray())
                .Select(ring => ring.EnumerateArray().Select(at => (at[0].GetDouble(), at[1].GetDouble())).ToList()).ToList()))];
    }

    /// <summary>Even-odd over all rings at once: holes and several polygons need no case of their own.</summary>
    private static bool IsInside(List<List<(double X, double Y)>> rings, double x, double y)
    {
        bool isInside = false;
        foreach (List<(double X, double Y)> ring in rings)
        {
            for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
            {
                if (ring[i].Y > y != ring[j].Y > y && x < ((ring[j].X - ring[i].X) * (y - ring[i].Y) / (ring[j].Y - ring[i].Y)) + ring[i].X)
                    isInside = !isInside;
            }
        }

        return isInside;
    }
}
