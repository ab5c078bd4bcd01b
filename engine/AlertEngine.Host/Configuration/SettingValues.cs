using System.Globalization;
using System.Text.RegularExpressions;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Host.Configuration;

/// <summary>A value of the configuration cannot be read.</summary>
internal sealed class SettingException(LocalText text) : FormatException(text.En)
{
    /// <summary>The sentence in both languages.</summary>
    public LocalText Text { get; } = text;
}

/// <summary>How values of the configuration are read. A value that cannot be read is a <see cref="SettingException"/> with a sentence.</summary>
internal static partial class SettingValues
{
    /// <summary>A duration with a unit, as in rule files: <c>250ms</c>, <c>5s</c>, <c>10m</c>, <c>24h</c>, <c>7d</c>.</summary>
    public static Duration Duration(string text, Duration? atMost = null)
    {
        var match = DurationPattern().Match(text.Trim());
        if (!match.Success || !double.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount))
            throw new SettingException(new($"'{text}' 不是时长；请写成 250ms、5s、10m、24h 或 7d", $"'{text}' is no duration; write 250ms, 5s, 10m, 24h or 7d"));
        var duration = match.Groups[2].Value switch
        {
            "ms" => NodaTime.Duration.FromMilliseconds(amount),
            "s" => NodaTime.Duration.FromSeconds(amount),
            "m" => NodaTime.Duration.FromMinutes(amount),
            "h" => NodaTime.Duration.FromHours(amount),
            _ => NodaTime.Duration.FromDays(amount),
        };
        if (duration > atMost)
            throw new SettingException(new($"'{text}' 太长；至多 {atMost.Value.TotalMinutes:0}m", $"'{text}' is too long; at most {atMost.Value.TotalMinutes:0}m"));
        return duration;
    }

    /// <summary>One of the names of an enumeration, in any case.</summary>
    public static T OneOf<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw new SettingException(new($"'{text}' 不是 {NamesOf<T>("、")} 之一", $"'{text}' is none of {NamesOf<T>(", ")}"));

    /// <summary>A positive number of bytes.</summary>
    public static int Bytes(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int bytes) && bytes > 0
            ? bytes
            : throw new SettingException(new($"'{text}' 不是字节数", $"'{text}' is no number of bytes"));

    private static string NamesOf<T>(string separator)
        where T : struct, Enum => string.Join(separator, Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));

    [GeneratedRegex("^([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)$")]
    private static partial Regex DurationPattern();
}
