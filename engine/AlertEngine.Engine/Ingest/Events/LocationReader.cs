using AlertEngine.Engine.Ingest.Json;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Reads <c>data.location</c>: a GeoJSON Point (RFC 7946), whose <c>crs</c> may say <c>gcj02</c>, or an object that names a <c>street</c>.
/// </summary>
internal static class LocationReader
{
    private const double LatitudeLimit = 90;
    private const double LongitudeLimit = 180;

    /// <summary>The location, or a rejection; null and a fault of the scanner where the bytes are no JSON.</summary>
    internal static Rejection? Read(ref JsonScanner json, TextIntern texts, out EventLocation location, out string street)
    {
        location = default;
        street = "";
        if (json.Peek() != '{')
            return json.Peek() == 'n' ? IgnoreNull(ref json) : json.SkipValue() ? Invalid("is not an object") : null;
        var parts = new Parts { Street = "" };
        if (!json.EnterObject(out OpenObject opened))
            return null;
        Rejection? rejection = null;
        while (rejection is null && json.NextMember(ref opened, out JsonText name, out _))
            rejection = ReadMember(ref json, name.Raw, texts, ref parts);
        if (rejection is not null || json.Fault != JsonFault.None)
            return rejection;
        street = parts.Street;
        return Judge(parts, out location);
    }

    /// <summary>Whether the degrees are a place at all.</summary>
    internal static bool IsOnEarth(double longitude, double latitude) => Math.Abs(latitude) <= LatitudeLimit && Math.Abs(longitude) <= LongitudeLimit;

    private static Rejection? IgnoreNull(ref JsonScanner json)
    {
        json.ReadNull();
        return null;
    }

    private static Rejection? ReadMember(ref JsonScanner json, scoped ReadOnlySpan<byte> name, TextIntern texts, scoped ref Parts parts)
    {
        if (name.SequenceEqual("coordinates"u8))
            return ReadCoordinates(ref json, ref parts);
        if (name.SequenceEqual("type"u8))
            return ReadWord(ref json, "Point"u8, ref parts.IsPoint) || json.Fault != JsonFault.None ? null : Invalid("is not a Point");
        if (name.SequenceEqual("crs"u8))
            return ReadCrs(ref json, ref parts);
        if (!name.SequenceEqual("street"u8) || json.Peek() != '"')
            json.SkipValue();
        else if (json.ReadText(out JsonText street))
            parts.Street = street.HasEscapes ? JsonEscapes.ToText(street.Raw) : texts.Get(street.Raw);
        return null;
    }

    private static Rejection? ReadCoordinates(ref JsonScanner json, scoped ref Parts parts)
    {
        if (json.Peek() != '[')
            return json.SkipValue() ? Invalid("has coordinates that are no array") : null;
        json.EnterArray();
        bool hasElements = false;
        while (json.NextElement(ref hasElements))
        {
            if (json.Peek() is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
                return json.SkipValue() ? Invalid("has a coordinate that is no number") : null;
            if (!json.ReadNumber(out JsonNumber number))
                return null;
            if (parts.Count == 0)
                parts.Longitude = number.ToDouble();
            else if (parts.Count == 1)
                parts.Latitude = number.ToDouble();
            parts.Count++;
        }

        return null;
    }

    private static Rejection? ReadCrs(ref JsonScanner json, scoped ref Parts parts)
    {
        if (json.Peek() != '"')
            return json.SkipValue() ? Invalid("has a crs that is no text") : null;
        if (!json.ReadText(out JsonText crs))
            return null;
        parts.IsGcj02 = System.Text.Ascii.EqualsIgnoreCase(crs.Raw, "gcj02"u8);
        return parts.IsGcj02 || System.Text.Ascii.EqualsIgnoreCase(crs.Raw, "wgs84"u8) ? null : Invalid("has a crs that is neither wgs84 nor gcj02");
    }

    private static bool ReadWord(ref JsonScanner json, ReadOnlySpan<byte> word, ref bool isWord)
    {
        if (json.Peek() != '"')
            return json.SkipValue() && false;
        isWord = json.ReadText(out JsonText text) && text.Raw.SequenceEqual(word);
        return isWord;
    }

    private static Rejection? Judge(in Parts parts, out EventLocation location)
    {
        location = default;
        if (parts.Count == 0 && !parts.IsPoint && parts.Street.Length > 0)
            return null;
        if (!parts.IsPoint)
            return Invalid("is not a Point");
        if (parts.Count is < 2 or > 3)
            return Invalid("has not two or three coordinates");
        if (!IsOnEarth(parts.Longitude, parts.Latitude))
            return Invalid("lies outside longitude -180..180, latitude -90..90");
        location = new EventLocation(true, parts.Longitude, parts.Latitude, parts.IsGcj02);
        return null;
    }

    private static Rejection Invalid(string what) => new(RejectionCodes.InvalidLocation, $"data.location {what}");

    private struct Parts
    {
        internal bool IsPoint;
        internal bool IsGcj02;
        internal int Count;
        internal double Longitude;
        internal double Latitude;
        internal string Street;
    }
}
