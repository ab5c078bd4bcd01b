using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>Instants as text (RFC 3339) and CEL's range: years 1 to 9999.</summary>
internal static class CelTimestampText
{
    internal static readonly Instant Earliest = Instant.FromUtc(1, 1, 1, 0, 0);
    internal static readonly Instant Latest = Instant.FromUtc(9999, 12, 31, 23, 59, 59) + Duration.FromNanoseconds(999_999_999L);

    internal static bool IsInRange(Instant instant) => instant >= Earliest && instant <= Latest;

    internal static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    internal static bool TryParse(string text, out Instant instant)
    {
        instant = default;
        // "2026-07-01T08:00:00" is 19 characters, then a fraction, then Z or an offset.
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return false;
        if (!Number(text, 0, 4, 9999, out var year) || !Number(text, 5, 2, 12, out var month) || !Number(text, 8, 2, 31, out var day)
            || !Number(text, 11, 2, 23, out var hour) || !Number(text, 14, 2, 59, out var minute) || !Number(text, 17, 2, 59, out var second))
            return false;
        var rest = text.AsSpan(19);
        if (!Fraction(ref rest, out var nanoseconds) || !Offset(rest, out var offsetMinutes))
            return false;
        if (year == 0 || month == 0 || day == 0 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return false;
        instant = Instant.FromUtc(year, month, day, hour, minute, second) + Duration.FromNanoseconds(nanoseconds) - Duration.FromMinutes(offsetMinutes);
        return IsInRange(instant);
    }

    private static bool Number(string text, int at, int digits, int highest, out int value)
    {
        value = 0;
        return int.TryParse(text.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= highest;
    }

    private static bool Fraction(ref ReadOnlySpan<char> rest, out long nanoseconds)
    {
        nanoseconds = 0;
        if (rest.IsEmpty || rest[0] != '.')
            return true;
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0)
            return false;
        for (var i = 0; i < 9; i++)
            nanoseconds = (nanoseconds * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        rest = rest[(1 + digits)..];
        return true;
    }

    private static bool Offset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest.SequenceEqual("Z"))
            return true;
        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':')
            return false;
        if (!int.TryParse(rest.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(rest.Slice(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var rest60) || hours > 23 || rest60 > 59)
            return false;
        minutes = ((hours * 60) + rest60) * (rest[0] == '-' ? -1 : 1);
        return true;
    }
}
