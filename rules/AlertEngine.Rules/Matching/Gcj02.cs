namespace AlertEngine.Rules.Matching;

/// <summary>
/// The shift between WGS 84 and GCJ-02, the datum of public maps of China, by the published approximation on the Krasovsky ellipsoid.
/// Only the way to GCJ-02 has a formula; the way back iterates until it moves by less than a tenth of a millimetre.
/// </summary>
public static class Gcj02
{
    private const double SemiMajorAxisM = 6_378_245.0;
    private const double EccentricitySquared = 0.00669342162296594323;
    private const double OriginLongitude = 105;
    private const double OriginLatitude = 35;
    private const double ConvergedDegrees = 1e-9;
    private const int MaxIterations = 16;

    /// <summary>The GCJ-02 position of a WGS 84 one, in degrees. Outside of China nothing is shifted.</summary>
    public static (double Longitude, double Latitude) FromWgs84(double longitude, double latitude)
    {
        if (IsOutsideChina(longitude, latitude))
            return (longitude, latitude);
        (double east, double north) = Shift(longitude, latitude);
        return (longitude + east, latitude + north);
    }

    /// <summary>The WGS 84 position of a GCJ-02 one, in degrees; exact to well below a metre.</summary>
    public static (double Longitude, double Latitude) ToWgs84(double longitude, double latitude)
    {
        if (IsOutsideChina(longitude, latitude))
            return (longitude, latitude);
        (double eastern, double northern) = (longitude, latitude);
        for (int i = 0; i < MaxIterations; i++)
        {
            (double east, double north) = Shift(eastern, northern);
            double eastError = eastern + east - longitude;
            double northError = northern + north - latitude;
            eastern -= eastError;
            northern -= northError;
            if (Math.Abs(eastError) + Math.Abs(northError) < ConvergedDegrees)
                break;
        }

        return (eastern, northern);
    }

    private static bool IsOutsideChina(double longitude, double latitude) =>
        longitude is < 72.004 or > 137.8347 || latitude is < 0.8293 or > 55.8271;

    private static (double East, double North) Shift(double longitude, double latitude)
    {
        double x = longitude - OriginLongitude;
        double y = latitude - OriginLatitude;
        double radians = latitude * Math.PI / 180;
        double sine = Math.Sin(radians);
        double curvature = 1 - (EccentricitySquared * sine * sine);
        double root = Math.Sqrt(curvature);
        double northDegreeM = SemiMajorAxisM * (1 - EccentricitySquared) / (curvature * root) * Math.PI / 180;
        double eastDegreeM = SemiMajorAxisM / root * Math.Cos(radians) * Math.PI / 180;
        return (EastM(x, y) / eastDegreeM, NorthM(x, y) / northDegreeM);
    }

    private static double EastM(double x, double y) =>
        300 + x + (2 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x))) + Ripple(x)
        + (((20 * Math.Sin(x * Math.PI)) + (40 * Math.Sin(x / 3 * Math.PI))) * 2 / 3)
        + (((150 * Math.Sin(x / 12 * Math.PI)) + (300 * Math.Sin(x / 30 * Math.PI))) * 2 / 3);

    private static double NorthM(double x, double y) =>
        -100 + (2 * x) + (3 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x))) + Ripple(x)
        + (((20 * Math.Sin(y * Math.PI)) + (40 * Math.Sin(y / 3 * Math.PI))) * 2 / 3)
        + (((160 * Math.Sin(y / 12 * Math.PI)) + (320 * Math.Sin(y * Math.PI / 30))) * 2 / 3);

    private static double Ripple(double x) => ((20 * Math.Sin(6 * x * Math.PI)) + (20 * Math.Sin(2 * x * Math.PI))) * 2 / 3;
}
