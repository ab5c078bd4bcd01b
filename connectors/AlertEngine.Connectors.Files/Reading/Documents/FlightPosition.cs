using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>Finds the position in a cue of a flight log.</summary>
internal static partial class FlightPosition
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>The position in degrees; why there is none, or null.</summary>
    internal static string? Find(string block, out double latitude, out double longitude)
    {
        (latitude, longitude) = (double.NaN, double.NaN);
        if (!TryTexts(block, out string latitudeText, out string longitudeText))
            return "there is no position in it";
        if (!TryDegrees(latitudeText, 90, out latitude) || !TryDegrees(longitudeText, 180, out longitude))
            return $"the position {latitudeText}, {longitudeText} is none";
        // A receiver without a fix says 0, 0, where no drone of a city flies.
        return latitude == 0 && longitude == 0 ? "the receiver had no fix" : null;
    }

    private static bool TryTexts(string block, out string latitude, out string longitude)
    {
        (Match north, Match east) = (LatitudeMember().Match(block), LongitudeMember().Match(block));
        (latitude, longitude) = (north.Groups[1].Value, east.Groups[1].Value);
        if (north.Success && east.Success)
            return true;
        Match triple = Triple().Match(block);
        if (!triple.Success)
            return false;
        // The Matrice puts the latitude first, and an altitude in meters where the others count satellites.
        bool isLatitudeFirst = triple.Groups[3].Value.EndsWith('M');
        (latitude, longitude) = (triple.Groups[isLatitudeFirst ? 1 : 2].Value.Trim(), triple.Groups[isLatitudeFirst ? 2 : 1].Value.Trim());
        return true;
    }

    private static bool TryDegrees(string text, double most, out double degrees) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && Math.Abs(degrees) <= most;

    [GeneratedRegex(@"\[latitude *: *([^\]]*)\]", Plain)]
    private static partial Regex LatitudeMember();

    [GeneratedRegex(@"\[longt?itude *: *([^\]]*)\]", Plain)]
    private static partial Regex LongitudeMember();

    [GeneratedRegex(@"GPS ?\(([^,)]*),([^,)]*),([^,)]*)\)", Plain)]
    private static partial Regex Triple();
}
