using System.Collections.Immutable;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Rules.Files.Functions;

/// <summary>
/// The places of one kind, ordered by latitude, so that a search looks at a strip and not at all of them. Immutable and thread-safe.
/// </summary>
internal sealed class PlaceIndex(IEnumerable<Place> places)
{
    private readonly ImmutableArray<Place> _byLatitude = [.. places.OrderBy(place => place.Geo.Latitude).ThenBy(place => place.Id, StringComparer.Ordinal)];

    /// <summary>Whether a place is within so many meters, the limit included.</summary>
    public bool HasWithin(double latitude, double longitude, double meters)
    {
        double strip = meters / Geodesy.MetersPerDegree;
        for (int i = FirstFrom(latitude - strip); i < _byLatitude.Length && _byLatitude[i].Geo.Latitude <= latitude + strip; i++)
        {
            if (DistanceTo(_byLatitude[i], latitude, longitude) <= meters)
                return true;
        }

        return false;
    }

    /// <summary>The nearest place, or null where there is none; of two at one distance the first by id.</summary>
    public Place? Nearest(double latitude, double longitude)
    {
        Place? best = null;
        double bestMeters = double.PositiveInfinity;
        int start = FirstFrom(latitude);
        Scan(start, 1);
        Scan(start - 1, -1);
        return best;

        void Scan(int from, int step)
        {
            for (int i = from; i >= 0 && i < _byLatitude.Length; i += step)
            {
                Place place = _byLatitude[i];
                if (Math.Abs(place.Geo.Latitude - latitude) * Geodesy.MetersPerDegree > bestMeters)
                    return;
                double meters = DistanceTo(place, latitude, longitude);
                if (meters < bestMeters || (meters == bestMeters && string.CompareOrdinal(place.Id, best!.Id) < 0))
                    (best, bestMeters) = (place, meters);
            }
        }
    }

    private static double DistanceTo(Place place, double latitude, double longitude) =>
        Geodesy.DistanceMeters(latitude, longitude, place.Geo.Latitude, place.Geo.Longitude);

    private int FirstFrom(double latitude)
    {
        int low = 0;
        int high = _byLatitude.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_byLatitude[middle].Geo.Latitude < latitude)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
