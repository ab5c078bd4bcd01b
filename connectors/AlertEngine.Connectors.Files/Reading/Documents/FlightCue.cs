using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// One cue of a flight log. The drones of DJI write it in dialects: members in brackets (some spell <c>longtitude</c>), <c>GPS(lon,lat,satellites)</c> with
/// <c>BAROMETER</c> or <c>Hb</c>, the Matrice's <c>GPS(lat,lon,0.0M)</c>, and a line of <c>F/2.8, …, GPS (lon, lat, n), D 1m, H 2m</c> without a clock.
/// </summary>
internal readonly partial record struct FlightCue
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>Its number in the file.</summary>
    internal required long Number { get; init; }

    /// <summary>The drone's own clock, without an offset; null where the dialect has none.</summary>
    internal string? LocalTime { get; init; }

    /// <summary>The beginning of the cue, in milliseconds of the recording; null where the dialect has none.</summary>
    internal long? StartMs { get; init; }

    /// <summary>In degrees, WGS 84.</summary>
    internal double Latitude { get; init; }

    /// <summary>In degrees, WGS 84.</summary>
    internal double Longitude { get; init; }

    /// <summary>Height over the take-off, in meters; null where it is not told.</summary>
    internal double? HeightM { get; init; }

    /// <summary>Altitude over the sea, in meters; null where it is not told.</summary>
    internal double? AltitudeM { get; init; }

    /// <summary>Reads a cue; why it is none, or null.</summary>
    internal static string? Read(string block, out FlightCue cue)
    {
        cue = default;
        int firstLine = block.IndexOf('\n', StringComparison.Ordinal);
        string first = (firstLine < 0 ? block : block[..firstLine]).Trim();
        if (!long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return "a cue begins with its number";
        if (FlightPosition.Find(block, out double latitude, out double longitude) is { } fault)
            return $"cue {first}: {fault}";
        cue = new FlightCue
        {
            Number = number,
            LocalTime = TimeOf(block),
            StartMs = StartOf(block),
            Latitude = latitude,
            Longitude = longitude,
            HeightM = FirstNumber(Height().Match(block)),
            AltitudeM = FirstNumber(Altitude().Match(block)),
        };
        return null;
    }

    /// <summary>The cue as a mapping reads it; what is not told is left out.</summary>
    internal byte[] ToJson(string file)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteNumber("cue", Number);
            if (LocalTime is { } at)
                json.WriteString("at", at);
            if (StartMs is { } start)
                json.WriteNumber("start_ms", start);
            json.WriteNumber("latitude", Latitude);
            json.WriteNumber("longitude", Longitude);
            if (HeightM is { } height)
                json.WriteNumber("height_m", height);
            if (AltitudeM is { } altitude)
                json.WriteNumber("altitude_m", altitude);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The clock as RFC 3339 writes a date and time. Old firmware leaves out leading zeros; what follows the milliseconds says nothing to anybody.</summary>
    private static string? TimeOf(string block)
    {
        Match match = Clock().Match(block);
        if (!match.Success)
            return null;
        string Two(int group) => match.Groups[group].Value.PadLeft(2, '0');
        string fraction = match.Groups[7].Success ? "." + match.Groups[7].Value : "";
        return $"{match.Groups[1].Value}-{Two(2)}-{Two(3)}T{Two(4)}:{match.Groups[5].Value}:{match.Groups[6].Value}{fraction}";
    }

    private static long? StartOf(string block)
    {
        Match match = Start().Match(block);
        if (!match.Success)
            return null;
        long Part(int group) => long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return (((((Part(1) * 60) + Part(2)) * 60) + Part(3)) * 1_000) + Part(4);
    }

    private static double? FirstNumber(Match match) =>
        match.Success && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"\b([0-9]{4})[.-]([0-9]{1,2})[.-]([0-9]{1,2}) ([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]{3}))?", Plain)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b([0-9]{2}):([0-9]{2}):([0-9]{2}),([0-9]{3}) -->", Plain)]
    private static partial Regex Start();

    [GeneratedRegex(@"(?:rel_alt *: *|BAROMETER:|Hb:|, H )(-?[0-9]+(?:\.[0-9]+)?)", Plain)]
    private static partial Regex Height();

    [GeneratedRegex(@"(?:abs_alt *: *|altitude *: *)(-?[0-9]+(?:\.[0-9]+)?)", Plain)]
    private static partial Regex Altitude();
}
