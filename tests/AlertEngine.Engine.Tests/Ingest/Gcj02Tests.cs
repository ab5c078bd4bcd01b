using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

public sealed class Gcj02Tests
{
    private const double MetresPerDegree = 111_320;

    [Fact]
    public void The_way_back_is_exact_to_a_millimetre_all_over_china()
    {
        var random = new Random(2002);
        for (int i = 0; i < 20_000; i++)
        {
            (double longitude, double latitude) = (74 + (random.NextDouble() * 60), 18 + (random.NextDouble() * 35));
            (double shiftedLongitude, double shiftedLatitude) = Gcj02.FromWgs84(longitude, latitude);
            (double backLongitude, double backLatitude) = Gcj02.ToWgs84(shiftedLongitude, shiftedLatitude);
            Assert.InRange(Math.Abs(backLongitude - longitude) * MetresPerDegree, 0, 0.001);
            Assert.InRange(Math.Abs(backLatitude - latitude) * MetresPerDegree, 0, 0.001);
        }
    }

    /// <summary>Results published with the library eviltransform (github.com/googollee/eviltransform, its tests): latitude and longitude in WGS 84, then in GCJ-02.</summary>
    [Theory]
    [InlineData(31.1774276, 121.5272106, 31.17530398364597, 121.531541859215)]
    [InlineData(22.543847, 113.912316, 22.540796131694766, 113.9171764808363)]
    [InlineData(39.911954, 116.377817, 39.91334545536069, 116.38404722455657)]
    public void Published_results_are_met_within_two_metres_both_ways(double latitude, double longitude, double shiftedLatitude, double shiftedLongitude)
    {
        static double ApartM((double Longitude, double Latitude) a, double longitude, double latitude) =>
            double.Hypot((a.Longitude - longitude) * MetresPerDegree * Math.Cos(latitude * Math.PI / 180), (a.Latitude - latitude) * MetresPerDegree);
        Assert.InRange(ApartM(Gcj02.FromWgs84(longitude, latitude), shiftedLongitude, shiftedLatitude), 0, 2);
        Assert.InRange(ApartM(Gcj02.ToWgs84(shiftedLongitude, shiftedLatitude), longitude, latitude), 0, 2);
    }

    [Fact]
    public void The_shift_is_some_hundreds_of_metres_in_nanjing()
    {
        (double longitude, double latitude) = Gcj02.FromWgs84(118.7969, 32.0603);
        double shiftM = double.Hypot((longitude - 118.7969) * MetresPerDegree * Math.Cos(32.0603 * Math.PI / 180), (latitude - 32.0603) * MetresPerDegree);
        Assert.InRange(shiftM, 100, 800);
    }

    [Fact]
    public void Outside_of_china_nothing_is_shifted() => Assert.Equal((10.2, 56.15), Gcj02.FromWgs84(10.2, 56.15));
}
