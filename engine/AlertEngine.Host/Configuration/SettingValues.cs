using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace AlertEngine.Host.Configuration;

/// <summary>How values of the configuration are read. A value that cannot be read is a <see cref="FormatException"/> with a sentence.</summary>
internal static partial class SettingValues
{
    /// <summary>A duration with a unit, as in rule files: <c>250ms</c>, <c>5s</c>, <c>10m</c>, <c>24h</c>, <c>7d</c>.</summary>
    public static Duration Duration(string text)
    {
        var match = DurationPattern().Match(text.Trim());
        if (!match.Success || !double.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount))
            throw new FormatException($"'{text}' is no duration; write 250ms, 5s, 10m, 24h or 7d");
        return match.Groups[2].Value switch
        {
            "ms" => NodaTime.Duration.FromMilliseconds(amount),
            "s" => NodaTime.Duration.FromSeconds(amount),
            "m" => NodaTime.Duration.FromMinutes(amount),
            "h" => NodaTime.Duration.FromHours(amount),
            _ => NodaTime.Duration.FromDays(amount),
        };
    }

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public static T OneOf<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException($"'{text}' is none of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}");

    /// <summary>A positive number of bytes.</summary>
    public static int Bytes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0 ? bytes : throw new FormatException($"'{text}' is no number of bytes");

    [GeneratedRegex("^([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)$")]
    private static partial Regex DurationPattern();
}
