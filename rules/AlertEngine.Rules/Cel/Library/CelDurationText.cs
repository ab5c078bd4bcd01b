using System.Globalization;
using NodaTime;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>Durations as text: <c>1h30m</c>, <c>-1.5s</c>, <c>250ms</c>; units h, m, s, ms, us (µs), ns. CEL's range is 10,000 years either way.</summary>
internal static class CelDurationText
{
    private const long MaximumSeconds = 315_576_000_000;

    internal static bool IsInRange(Duration duration) => duration >= Duration.FromSeconds(-MaximumSeconds) && duration <= Duration.FromSeconds(MaximumSeconds);

    internal static bool TryParse(string text, out Duration duration)
    {
        duration = Duration.Zero;
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-", StringComparison.Ordinal);
        if (isNegative || rest.StartsWith("+", StringComparison.Ordinal))
            rest = rest[1..];
        if (rest.SequenceEqual("0"))
            return true;
        if (rest.IsEmpty)
            return false;
        var nanoseconds = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryPart(ref rest, out var part))
                return false;
            nanoseconds += part;
            if (nanoseconds > MaximumSeconds * 1_000_000_000m)
                return false;
        }
        duration = Duration.FromNanoseconds((Int128)decimal.Truncate(isNegative ? -nanoseconds : nanoseconds));
        return true;
    }

    // One number with its unit.
    private static bool TryPart(ref ReadOnlySpan<char> rest, out decimal nanoseconds)
    {
        nanoseconds = 0;
        var digits = rest.IndexOfAnyExcept("0123456789.");
        if (digits <= 0 || digits > 24)
            return false;
        var number = rest[..digits];
        if (number.SequenceEqual(".") || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return false;
        rest = rest[digits..];
        var letters = rest.IndexOfAny("0123456789.") is var end && end < 0 ? rest.Length : end;
        var scale = Scale(rest[..letters]);
        rest = rest[letters..];
        // Before multiplying: no number of hours beyond the range may overflow the decimal.
        if (scale == 0 || count > 1e18m)
            return false;
        nanoseconds = count > MaximumSeconds * 1_000_000_000m / scale ? decimal.MaxValue / 4 : count * scale;
        return true;
    }

    private static decimal Scale(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3_600_000_000_000m,
        "m" => 60_000_000_000m,
        "s" => 1_000_000_000m,
        "ms" => 1_000_000m,
        "us" or "µs" or "μs" => 1_000m,
        "ns" => 1m,
        _ => 0m,
    };

    /// <summary>CEL's own text of a duration: decimal seconds, <c>5400s</c>.</summary>
    internal static string Seconds(Duration duration)
    {
        var nanoseconds = duration.ToInt128Nanoseconds();
        var whole = nanoseconds / 1_000_000_000;
        var fraction = (long)Int128.Abs(nanoseconds % 1_000_000_000);
        var sign = nanoseconds < 0 && whole == 0 ? "-" : "";
        var decimals = fraction == 0 ? "" : "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{sign}{whole.ToString(CultureInfo.InvariantCulture)}{decimals}s";
    }
}
