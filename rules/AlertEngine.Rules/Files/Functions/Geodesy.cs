namespace AlertEngine.Rules.Files.Functions;

/// <summary>Distances on the sphere. The haversine formula on the mean radius is within 0.5 % of the ellipsoid, far below what rules ask.</summary>
public static class Geodesy
{
    private const double MeanRadiusMeters = 6_371_008.8;

    /// <summary>Meters per degree of latitude, for bounding boxes.</summary>
    public const double MetersPerDegree = MeanRadiusMeters * Math.PI / 180;

    /// <summary>The great-circle distance of two positions in degrees, in meters.</summary>
    public static double DistanceMeters(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        double north = Radians(latitude2 - latitude1) / 2;
        double east = Radians(longitude2 - longitude1) / 2;
        double haversine = (Math.Sin(north) * Math.Sin(north))
            + (Math.Cos(Radians(latitude1)) * Math.Cos(Radians(latitude2)) * Math.Sin(east) * Math.Sin(east));
        return 2 * MeanRadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
