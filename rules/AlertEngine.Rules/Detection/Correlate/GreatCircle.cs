using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Correlate;

/// <summary>Distances on the earth, taken for a sphere: good to half a percent, far better than positions of sensors are.</summary>
public static class GreatCircle
{
    // The mean radius of the earth (IUGG).
    private const double RadiusMeters = 6_371_008.8;

    /// <summary>The distance in meters, by the haversine formula, which is exact for near points too.</summary>
    public static double Meters(GeoPoint one, GeoPoint other)
    {
        double latitude = double.DegreesToRadians(other.Latitude - one.Latitude);
        double longitude = double.DegreesToRadians(other.Longitude - one.Longitude);
        double half = Square(Math.Sin(latitude / 2))
            + Math.Cos(double.DegreesToRadians(one.Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * Square(Math.Sin(longitude / 2));
        return 2 * RadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    private static double Square(double value) => value * value;
}
