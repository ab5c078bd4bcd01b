using System.Globalization;
using System.Text;
using NodaTime;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>Durations as files write them: <c>10m</c>, <c>1h5m</c>, <c>250ms</c>, <c>7d</c>; <c>w</c> is seven days of 24 hours.</summary>
public static class DurationText
{
    // Ten years: longer than any rule waits, and far from overflow.
    private const double LimitMs = 3_660d * 24 * 3_600_000;

    private static readonly (string Unit, long Ms)[] Units =
        [("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    /// <summary>The duration that a text means, or null. Units fall in size and each occurs once; amounts may have a fraction.</summary>
    public static Duration? Parse(string text)
    {
        double totalMs = 0;
        int last = -1;
        int position = 0;
        while (position < text.Length)
        {
            int start = position;
            while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
                position++;
            if (!double.TryParse(text.AsSpan(start, position - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount))
                return null;
            int unit = UnitAt(text, ref position);
            if (unit <= last)
                return null;
            last = unit;
            totalMs += amount * Units[unit].Ms;
        }

        return last < 0 || totalMs > LimitMs ? null : Duration.FromTicks(Math.Round(totalMs * NodaConstants.TicksPerMillisecond));
    }

    /// <summary>A duration as titles and files print it: <c>10m</c>, <c>1h5m</c>, <c>0s</c>.</summary>
    public static string Format(Duration duration)
    {
        StringBuilder text = new();
        long restMs = (long)Math.Abs(duration.TotalMilliseconds);
        if (duration < Duration.Zero)
            text.Append('-');
        foreach ((string unit, long ms) in Units)
        {
            if (unit == "w" || restMs < ms)
                continue;
            text.Append(CultureInfo.InvariantCulture, $"{restMs / ms}{unit}");
            restMs %= ms;
        }

        return text.Length == 0 || (text.Length == 1 && text[0] == '-') ? "0s" : text.ToString();
    }

    private static int UnitAt(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && char.IsAsciiLetterLower(text[position]))
            position++;
        string unit = text[start..position];
        return Array.FindIndex(Units, candidate => candidate.Unit == unit);
    }
}
