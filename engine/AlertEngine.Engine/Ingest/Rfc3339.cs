using NodaTime;

namespace AlertEngine.Engine.Ingest;

/// <summary>How a text fares as an instant.</summary>
public enum Rfc3339Answer
{
    /// <summary>It is one.</summary>
    Valid = 0,

    /// <summary>A date and time, but nobody knows where: the offset is missing.</summary>
    NoOffset,

    /// <summary>Anything else.</summary>
    Malformed,
}

/// <summary>
/// Reads RFC 3339 instants from bytes to ticks of 100 ns since the Unix epoch, without an allocation. Years 0001 to 9999 in UTC; digits
/// beyond the seventh of a fraction are cut off. A leap second (<c>23:59:60</c> UTC) is held at the last tick of its day: it stays before
/// what follows it, and no day gets longer.
/// </summary>
public static class Rfc3339
{
    private const int SecondsAt = 17;
    private const int ShortestLength = 19;
    private const int TickDigits = 7;

    private static readonly long EarliestTicks = Instant.FromUtc(1, 1, 1, 0, 0).ToUnixTimeTicks();
    private static readonly long LatestTicks = Instant.FromUtc(9999, 12, 31, 23, 59, 59).ToUnixTimeTicks() + NodaConstants.TicksPerSecond - 1;

    /// <summary>Reads <paramref name="text"/>; <paramref name="ticks"/> is meaningless unless the answer is valid.</summary>
    public static Rfc3339Answer Read(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < ShortestLength || !TryDate(text, out long days) || !TryTime(text, out long seconds, out bool isLeap))
            return Rfc3339Answer.Malformed;
        ReadOnlySpan<byte> rest = text[ShortestLength..];
        if (!TryFraction(ref rest, out long fraction))
            return Rfc3339Answer.Malformed;
        if (rest.IsEmpty)
            return Rfc3339Answer.NoOffset;
        if (!TryOffset(rest, out long offsetSeconds))
            return Rfc3339Answer.Malformed;
        long utcSeconds = (days * NodaConstants.SecondsPerDay) + seconds - offsetSeconds;
        if (isLeap && !TryHoldLeapSecond(ref utcSeconds, ref fraction))
            return Rfc3339Answer.Malformed;
        ticks = (utcSeconds * NodaConstants.TicksPerSecond) + fraction;
        return ticks >= EarliestTicks && ticks <= LatestTicks ? Rfc3339Answer.Valid : Rfc3339Answer.Malformed;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (!TryTwo(text, 0, out int century) || !TryTwo(text, 2, out int yearOfCentury) || text[4] != '-'
            || !TryTwo(text, 5, out int month) || text[7] != '-' || !TryTwo(text, 8, out int day) || (text[10] | 0x20) != 't')
            return false;
        int year = (century * 100) + yearOfCentury;
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = DaysSinceEpoch(year, month, day);
        return true;
    }

    /// <summary>Days of the proleptic Gregorian calendar since 1970-01-01, with years that begin in March so that the leap day comes last.</summary>
    private static long DaysSinceEpoch(int year, int month, int day)
    {
        int shiftedYear = month <= 2 ? year - 1 : year;
        int shiftedMonth = month <= 2 ? month + 9 : month - 3;
        int dayOfYear = (((153 * shiftedMonth) + 2) / 5) + day - 1;
        long daysBefore = (365L * shiftedYear) + (shiftedYear / 4) - (shiftedYear / 100) + (shiftedYear / 400);
        return daysBefore + dayOfYear - 719_468;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out long seconds, out bool isLeap)
    {
        seconds = 0;
        isLeap = false;
        if (!TryTwo(text, 11, out int hour) || text[13] != ':' || !TryTwo(text, 14, out int minute) || text[16] != ':'
            || !TryTwo(text, SecondsAt, out int second) || hour > 23 || minute > 59 || second > 60)
            return false;
        isLeap = second == 60;
        seconds = (hour * 3600) + (minute * 60) + (isLeap ? 59 : second);
        return true;
    }

    private static bool TryHoldLeapSecond(ref long utcSeconds, ref long fraction)
    {
        fraction = NodaConstants.TicksPerSecond - 1;
        long secondOfDay = ((utcSeconds % NodaConstants.SecondsPerDay) + NodaConstants.SecondsPerDay) % NodaConstants.SecondsPerDay;
        return secondOfDay == NodaConstants.SecondsPerDay - 1;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] != '.')
            return true;
        int at = 1;
        for (; at < rest.Length && (uint)(rest[at] - '0') <= 9; at++)
            ticks = at <= TickDigits ? (ticks * 10) + rest[at] - '0' : ticks;
        for (int digits = at; digits <= TickDigits; digits++)
            ticks *= 10;
        rest = rest[at..];
        return at > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out long seconds)
    {
        seconds = 0;
        if (rest.Length == 1)
            return (rest[0] | 0x20) == 'z';
        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':'
            || !TryTwo(rest, 1, out int hours) || !TryTwo(rest, 4, out int minutes) || hours > 23 || minutes > 59)
            return false;
        seconds = (hours * 3600) + (minutes * 60);
        if (rest[0] == '-')
            seconds = -seconds;
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        uint tens = (uint)(text[at] - '0');
        uint ones = (uint)(text[at + 1] - '0');
        value = (int)((tens * 10) + ones);
        return tens <= 9 && ones <= 9;
    }
}
