using AlertEngine.Connectors.Files.SampleDay;
using Xunit;

namespace AlertEngine.Connectors.Tests.SampleDay;

public sealed class DayCurveTests
{
    private static readonly DayCurve Curve = DayCurve.Through((8, 0, 10), (9, 0, 20), (11, 0, 0));

    [Theory]
    [InlineData(7, 0, 10)]
    [InlineData(8, 0, 10)]
    [InlineData(8, 30, 15)]
    [InlineData(9, 0, 20)]
    [InlineData(10, 0, 10)]
    [InlineData(11, 0, 0)]
    [InlineData(23, 0, 0)]
    public void A_curve_is_straight_between_its_points_and_level_outside(int hour, int minute, double expected) =>
        Assert.Equal(expected, Curve.At(DayTime.At(hour, minute)), 9);

    [Fact]
    public void Times_carry_the_offset_of_nanjing() =>
        Assert.Equal("2026-07-01T18:05:09.250+08:00", DayTime.Rfc3339(DayTime.At(18, 5, 9) + 250));
}
