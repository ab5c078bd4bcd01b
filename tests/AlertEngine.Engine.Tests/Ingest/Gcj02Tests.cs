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
