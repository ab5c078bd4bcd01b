using System.Text.Json;
using AlertEngine.Connectors.Files.SampleDay;
using NetTopologySuite.Geometries;
using Xunit;

namespace AlertEngine.Connectors.Tests.SampleDay;

/// <summary>Goal: the drawn outlines can tell a district from a position. Method: plane geometry over the shipped file, without the resolver.</summary>
public sealed class DrawnOutlinesTests
{
    private static readonly Dictionary<string, Polygon> Outlines = Read();

    [Fact]
    public void Each_of_the_twelve_districts_has_one_outline() =>
        Assert.Equal(SampleDistrict.All.Select(district => district.Code).Order(), Outlines.Keys.Order());

    [Fact]
    public void No_two_outlines_overlap()
    {
        foreach ((string one, string other) in from one in Outlines.Keys from other in Outlines.Keys where string.CompareOrdinal(one, other) < 0 select (one, other))
            Assert.True(Outlines[one].Intersection(Outlines[other]).Area < 1e-12, $"{one} and {other} overlap");
        Assert.All(Outlines.Values, outline => Assert.True(outline.IsValid));
    }

    [Fact]
    public void Every_device_stands_well_inside_its_district()
    {
        foreach (SampleDevice device in SampleRegistry.Devices)
            Assert.True(Outlines[device.District.Code].Contains(new Point(device.Longitude, device.Latitude).Buffer(0.008)), device.Id);
    }

    [Fact]
    public void The_middle_of_the_river_belongs_to_nobody() =>
        Assert.DoesNotContain(Outlines.Values, outline => outline.Covers(new Point(118.748, 32.130)));

    private static Dictionary<string, Polygon> Read()
    {
        JsonElement file = JsonElement.Parse(File.ReadAllText(Path.Combine(SampleFolder.Nanjing, "districts.geojson")));
        return file.GetProperty("features").EnumerateArray().ToDictionary(
            feature => feature.GetProperty("properties").GetProperty("code").GetString()!,
            feature => new Polygon(new LinearRing([.. feature.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray().Select(At)])));
    }

    private static Coordinate At(JsonElement position) => new(position[0].GetDouble(), position[1].GetDouble());
}
