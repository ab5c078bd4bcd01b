namespace AlertEngine.Rules.Cel;

/// <summary>A position on the earth, WGS-84, in degrees: the value behind <see cref="CelType.Geo"/>. Immutable.</summary>
public sealed class CelGeo : CelOpaque, IEquatable<CelGeo>
{
    /// <summary>A position.</summary>
    /// <param name="longitude">Degrees east, −180 to 180.</param>
    /// <param name="latitude">Degrees north, −90 to 90.</param>
    public CelGeo(double longitude, double latitude)
    {
        Longitude = longitude;
        Latitude = latitude;
    }

    /// <summary>Degrees east.</summary>
    public double Longitude { get; }

    /// <summary>Degrees north.</summary>
    public double Latitude { get; }

    /// <inheritdoc />
    public override CelType Type => CelType.Geo;

    /// <inheritdoc />
    public bool Equals(CelGeo? other) => other is not null && Longitude == other.Longitude && Latitude == other.Latitude;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CelGeo);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Longitude, Latitude);

    /// <summary>Longitude and latitude: <c>(118.78, 32.06)</c>.</summary>
    public override string ToString() => $"({CelFormat.Number(Longitude)}, {CelFormat.Number(Latitude)})";
}
