using System.Collections.Immutable;
using AlertEngine.Rules.Matching;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

namespace AlertEngine.Engine.Ingest;

/// <summary>The outline of one district as it was read: polygons, each a shell and its holes, each a closed ring of positions.</summary>
/// <param name="District">The district's code.</param>
/// <param name="Polygons">Polygons → rings (the shell first) → positions (longitude, latitude in degrees).</param>
public sealed record DistrictOutline(string District, ImmutableArray<ImmutableArray<ImmutableArray<(double Longitude, double Latitude)>>> Polygons);

/// <summary>
/// The outlines of the districts in WGS 84, behind an index of rectangles; the point in polygon test itself is prepared. A position on the
/// border of two belongs to the one that was given first. Immutable and thread-safe.
/// </summary>
public sealed class DistrictOutlines
{
    private readonly STRtree<Prepared> _tree = new();

    /// <summary>Outlines from <paramref name="outlines"/>, converted where they are GCJ-02.</summary>
    public DistrictOutlines(ImmutableArray<DistrictOutline> outlines, bool isGcj02)
    {
        for (int order = 0; order < outlines.Length; order++)
        {
            foreach (var rings in outlines[order].Polygons)
                Insert(new Prepared(order, outlines[order].District, PreparedGeometryFactory.Prepare(ToPolygon(rings, isGcj02))));
        }

        _tree.Build();
    }

    /// <summary>The code of the district that holds a WGS 84 position; null: none does.</summary>
    public string? Find(double longitude, double latitude)
    {
        Point? point = null;
        Prepared? first = null;
        foreach (Prepared candidate in _tree.Query(new Envelope(longitude, longitude, latitude, latitude)))
        {
            point ??= new Point(longitude, latitude);
            if ((first is null || candidate.Order < first.Order) && candidate.Geometry.Covers(point))
                first = candidate;
        }

        return first?.District;
    }

    private void Insert(Prepared prepared) => _tree.Insert(prepared.Geometry.Geometry.EnvelopeInternal, prepared);

    private static Polygon ToPolygon(ImmutableArray<ImmutableArray<(double Longitude, double Latitude)>> rings, bool isGcj02)
    {
        LinearRing[] made = [.. rings.Select(ring => ToRing(ring, isGcj02))];
        return new Polygon(made[0], made[1..]);
    }

    private static LinearRing ToRing(ImmutableArray<(double Longitude, double Latitude)> ring, bool isGcj02) => new(
        [.. ring.Select(at => isGcj02 ? Gcj02.ToWgs84(at.Longitude, at.Latitude) : at).Select(at => new Coordinate(at.Longitude, at.Latitude))]);

    private sealed record Prepared(int Order, string District, IPreparedGeometry Geometry);
}
