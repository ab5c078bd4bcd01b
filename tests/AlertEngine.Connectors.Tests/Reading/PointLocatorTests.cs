using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Connectors.Tests.Reading;

public sealed class PointLocatorTests
{
    private static readonly DistrictOutlines Outlines = new([new DistrictOutline("A", [[[(118, 32), (119, 32), (119, 33), (118, 33), (118, 32)]]])], isGcj02: false);

    [Fact]
    public void Every_point_comes_back_with_its_district_or_none()
    {
        (PointTally tally, string text) = Locate("name,lat,lon\nx,32.5,118.5\n\ny,40,10\n", isGcj02: false);
        Assert.Equal("lon,lat,district\n118.5,32.5,A\n10,40,\n", text);
        Assert.Equal((2, 1, 0), (tally.Points, tally.Located, tally.Faults.Count));
    }

    [Fact]
    public void A_street_that_the_city_knows_goes_before_the_position() =>
        Assert.Equal("lon,lat,district\n118.5,32.5,B\n118.5,32.5,A\n118.5,32.5,A\n", Locate("lon,lat,street\n118.5,32.5,A009\n118.5,32.5,A777\n118.5,32.5,\n", isGcj02: false).Text);

    [Fact]
    public void A_gcj02_point_is_converted_first()
    {
        (double longitude, double latitude) = Gcj02.FromWgs84(118.0001, 32.5);
        string points = FormattableString.Invariant($"lon,lat\n{longitude - 0.004},{latitude}\n");
        Assert.NotEqual(Locate(points, isGcj02: false).Text, Locate(points, isGcj02: true).Text);
    }

    [Fact]
    public void A_line_that_is_no_point_is_named_and_the_next_is_read()
    {
        (PointTally tally, string text) = Locate("lon,lat\n118.5\nx,32\n200,32\n118.5,32.5\n", isGcj02: false);
        Assert.Equal(["line 2: no position: 118.5", "line 3: no position: x,32", "line 4: no position: 200,32"], tally.Faults);
        Assert.Equal("lon,lat,district\n118.5,32.5,A\n", text);
    }

    [Fact]
    public void A_file_without_the_columns_says_so() =>
        Assert.Equal(["line 1: the header has no columns 'lon' and 'lat'"], Locate("x,y\n1,2\n", isGcj02: false).Tally.Faults);

    private static (PointTally Tally, string Text) Locate(string points, bool isGcj02)
    {
        var output = new StringWriter { NewLine = "\n" };
        PointTally tally = PointLocator.Locate(new StringReader(points), Outlines, new Dictionary<string, string> { ["A009"] = "B" }, isGcj02, output);
        return (tally, output.ToString());
    }
}
