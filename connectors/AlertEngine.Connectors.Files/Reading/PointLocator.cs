using System.Globalization;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>What locating points told.</summary>
/// <param name="Points">How many there were.</param>
/// <param name="Located">How many lie in a district.</param>
/// <param name="Faults">Lines that are no point, the first hundred of them, a sentence each.</param>
public sealed record PointTally(long Points, long Located, IReadOnlyList<string> Faults);

/// <summary>
/// Finds the district of points: <c>lon,lat</c> in, <c>lon,lat,district</c> out, line by line, with an empty district where there is none. A column
/// <c>street</c> goes before the position, as with events: a district may own streets inside another's outline.
/// </summary>
public static class PointLocator
{
    private const int MaxFaults = 100;

    /// <summary>
    /// Locates every line of <paramref name="input"/>, which begins with a header that has <c>lon</c> and <c>lat</c> among its columns, and perhaps
    /// <c>street</c>.
    /// </summary>
    public static PointTally Locate(TextReader input, DistrictOutlines outlines, IReadOnlyDictionary<string, string> districtByStreet, bool isGcj02, TextWriter output)
    {
        List<string> faults = [];
        string[] header = [.. (input.ReadLine() ?? "").TrimStart('\uFEFF').Split(',').Select(name => name.Trim())];
        (int longitudeAt, int latitudeAt, int streetAt) = (Array.IndexOf(header, "lon"), Array.IndexOf(header, "lat"), Array.IndexOf(header, "street"));
        if (longitudeAt < 0 || latitudeAt < 0)
            return new PointTally(0, 0, ["line 1: the header has no columns 'lon' and 'lat'"]);
        output.WriteLine("lon,lat,district");
        long points = 0;
        long located = 0;
        long number = 1;
        while (input.ReadLine() is { } line)
        {
            number++;
            string[] fields = line.Split(',');
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (!TryPosition(fields, longitudeAt, latitudeAt, out double longitude, out double latitude))
            {
                if (faults.Count < MaxFaults)
                    faults.Add($"line {number}: no position: {line}");
                continue;
            }

            (double east, double north) = isGcj02 ? Gcj02.ToWgs84(longitude, latitude) : (longitude, latitude);
            string? byStreet = streetAt >= 0 && streetAt < fields.Length ? districtByStreet.GetValueOrDefault(fields[streetAt].Trim()) : null;
            string district = byStreet ?? outlines.Find(east, north) ?? "";
            points++;
            located += district.Length > 0 ? 1 : 0;
            output.WriteLine($"{fields[longitudeAt].Trim()},{fields[latitudeAt].Trim()},{district}");
        }

        return new PointTally(points, located, faults);
    }

    private static bool TryPosition(string[] fields, int longitudeAt, int latitudeAt, out double longitude, out double latitude)
    {
        longitude = latitude = 0;
        return fields.Length > Math.Max(longitudeAt, latitudeAt)
            && double.TryParse(fields[longitudeAt], NumberStyles.Float, CultureInfo.InvariantCulture, out longitude)
            && double.TryParse(fields[latitudeAt], NumberStyles.Float, CultureInfo.InvariantCulture, out latitude)
            && Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90;
    }
}
