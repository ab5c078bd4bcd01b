using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>Times of the sample day as milliseconds since its local midnight.</summary>
internal static class DayTime
{
    /// <summary>The day, in the city's time.</summary>
    public const string Date = "2026-07-01";

    /// <summary>One second.</summary>
    public const long SecondMs = 1_000;

    /// <summary>One minute.</summary>
    public const long MinuteMs = 60 * SecondMs;

    /// <summary>The length of the day.</summary>
    public const long DayMs = 24 * 60 * MinuteMs;

    /// <summary>A time of day.</summary>
    public static long At(int hour, int minute = 0, int second = 0) => (((hour * 60L) + minute) * MinuteMs) + (second * SecondMs);

    /// <summary>RFC 3339 with the offset of Nanjing. Times reach at most into the next day's first hour.</summary>
    public static string Rfc3339(long timeMs) => $"{Local(timeMs)}+08:00";

    /// <summary>The same without an offset: what a careless integrator sends.</summary>
    public static string Local(long timeMs)
    {
        long second = timeMs / SecondMs;
        return string.Create(CultureInfo.InvariantCulture, $"{Date}T{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00}.{timeMs % SecondMs:000}");
    }
}
