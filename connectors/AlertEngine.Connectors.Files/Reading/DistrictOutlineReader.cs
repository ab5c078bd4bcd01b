using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>What a file of outlines gives.</summary>
/// <param name="Outlines">The outlines; null where the file has a fault.</param>
/// <param name="Fault">What is wrong with it, one sentence; null where nothing is.</param>
public sealed record OutlineReading(DistrictOutlines? Outlines, string? Fault);

/// <summary>Reads the outlines of districts from GeoJSON (RFC 7946): a FeatureCollection of Polygons and MultiPolygons.</summary>
public static class DistrictOutlineReader
{
    private const int MaxFileBytes = 256 * 1024 * 1024;
    private const int RingPositions = 4;

    /// <summary>Reads the file that a city file names.</summary>
    public static OutlineReading Read(PolygonSource source)
    {
        try
        {
            if (new FileInfo(source.File) is { Exists: true, Length: > MaxFileBytes })
                return new OutlineReading(null, $"{source.File}: more than {MaxFileBytes} bytes");
            return Read(File.ReadAllBytes(source.File), source);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new OutlineReading(null, $"{source.File}: {fault.Message}");
        }
    }

    /// <summary>Reads GeoJSON that is in memory already.</summary>
    public static OutlineReading Read(ReadOnlyMemory<byte> geoJson, PolygonSource source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(geoJson);
            ImmutableArray<DistrictOutline> outlines =
                [.. document.RootElement.GetProperty("features").EnumerateArray().Select((feature, number) => Outline(feature, number, source.DistrictPath))];
            return new OutlineReading(new DistrictOutlines(outlines, source.IsGcj02), null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException)
        {
            return new OutlineReading(null, $"{source.File}: no GeoJSON of outlines: {fault.Message}");
        }
    }

    private static DistrictOutline Outline(JsonElement feature, int number, string districtPath)
    {
        string district = DistrictOf(feature, districtPath) ?? throw new InvalidDataException($"feature {number} has no text or number at {districtPath}");
        JsonElement geometry = feature.GetProperty("geometry");
        JsonElement coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => new DistrictOutline(district, [Rings(coordinates)]),
            "MultiPolygon" => new DistrictOutline(district, [.. coordinates.EnumerateArray().Select(Rings)]),
            var other => throw new InvalidDataException($"feature {number} is a {other}, neither Polygon nor MultiPolygon"),
        };
    }

    private static string? DistrictOf(JsonElement feature, string path)
    {
        JsonElement at = feature;
        foreach (string member in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(member, out at))
                return null;
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number => at.GetRawText(),
            _ => null,
        };
    }

    private static ImmutableArray<ImmutableArray<(double Longitude, double Latitude)>> Rings(JsonElement polygon)
    {
        ImmutableArray<ImmutableArray<(double, double)>> rings = [.. polygon.EnumerateArray().Select(ring => ring.EnumerateArray().Select(Position).ToImmutableArray())];
        if (rings.IsEmpty || rings.Any(ring => ring.Length < RingPositions || ring[0] != ring[^1]))
            throw new InvalidDataException("a ring is not closed, or has fewer than four positions");
        return rings;
    }

    private static (double Longitude, double Latitude) Position(JsonElement position) => (position[0].GetDouble(), position[1].GetDouble());
}
