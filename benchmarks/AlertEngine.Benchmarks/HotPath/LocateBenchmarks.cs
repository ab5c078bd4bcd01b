using System.Text.Json;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>
/// Question: what does it cost to find the district of a position? Goal: at most 2 µs a point over the real outlines of Nanjing, which lie beside
/// the checkout. Baseline: a ray cast over every ring. The points are spread over the rectangle around the city; two in five lie outside.
/// </summary>
[MemoryDiagnoser]
public class LocateBenchmarks
{
    private const int Points = 1_000;

    private readonly (double Longitude, double Latitude)[] _points = new (double, double)[Points];
    private DistrictOutlines _outlines = null!;
    private (double X, double Y)[][] _rings = [];

    [GlobalSetup]
    public void Setup()
    {
        string file = Path.Combine(SharedFolder(), "data", "nanjing-districts", "320100_full.geojson");
        _outlines = DistrictOutlineReader.Read(new PolygonSource(file, true, "properties.adcode")).Outlines ?? throw new InvalidDataException(file);
        _rings = RingsOf(file);
        var random = new Random(320100);
        for (int i = 0; i < Points; i++)
            _points[i] = (118.35 + (random.NextDouble() * 0.9), 31.23 + (random.NextDouble() * 1.4));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Points)]
    public int Ray_cast_over_every_ring()
    {
        int inside = 0;
        foreach ((double x, double y) in _points)
        {
            foreach ((double X, double Y)[] ring in _rings)
                inside += IsInside(ring, x, y) ? 1 : 0;
        }

        return inside;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int Outlines_of_the_engine()
    {
        int inside = 0;
        foreach ((double longitude, double latitude) in _points)
            inside += _outlines.Find(longitude, latitude) is null ? 0 : 1;
        return inside;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public int The_same_from_gcj02()
    {
        int inside = 0;
        foreach ((double x, double y) in _points)
        {
            (double longitude, double latitude) = Gcj02.ToWgs84(x, y);
            inside += _outlines.Find(longitude, latitude) is null ? 0 : 1;
        }

        return inside;
    }

    private static bool IsInside((double X, double Y)[] ring, double x, double y)
    {
        bool isInside = false;
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
        {
            if (ring[i].Y > y != ring[j].Y > y && x < ((ring[j].X - ring[i].X) * (y - ring[i].Y) / (ring[j].Y - ring[i].Y)) + ring[i].X)
                isInside = !isInside;
        }

        return isInside;
    }

    private static (double, double)[][] RingsOf(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("features").EnumerateArray()
            .SelectMany(feature => feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray())
            .SelectMany(polygon => polygon.EnumerateArray())
            .Select(ring => ring.EnumerateArray().Select(at => (at[0].GetDouble(), at[1].GetDouble())).ToArray())];
    }

    private static string SharedFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException("the folder 'shared' is not beside the checkout");
    }
}
