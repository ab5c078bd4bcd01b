using System.Globalization;
using NodaTime;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>
/// The parts of instants and durations. Without a zone they are UTC's; months, days of the month (but for <c>getDate</c>), of the week
/// and of the year count from 0, as CEL has it. Zones are IANA names or offsets such as <c>+08:00</c>.
/// </summary>
internal static class TimeFunctions
{
    internal static IEnumerable<CelFunctionDeclaration> Declare(IDateTimeZoneProvider zones)
    {
        yield return Getter(zones, "getFullYear", time => time.Year);
        yield return Getter(zones, "getMonth", time => time.Month - 1);
        yield return Getter(zones, "getDayOfYear", time => time.DayOfYear - 1);
        yield return Getter(zones, "getDayOfMonth", time => time.Day - 1);
        yield return Getter(zones, "getDate", time => time.Day);
        yield return Getter(zones, "getDayOfWeek", time => (int)time.DayOfWeek % 7);
        yield return Getter(zones, "getHours", time => time.Hour, OfDuration(duration => (long)duration.TotalHours));
        yield return Getter(zones, "getMinutes", time => time.Minute, OfDuration(duration => (long)duration.TotalMinutes));
        yield return Getter(zones, "getSeconds", time => time.Second, OfDuration(duration => (long)(duration.ToInt128Nanoseconds() / 1_000_000_000)));
        yield return Getter(zones, "getMilliseconds", time => time.Millisecond, OfDuration(duration => (long)(duration.ToInt128Nanoseconds() / 1_000_000 % 1000)));
    }

    private static CelOverload OfDuration(Func<Duration, long> part) =>
        CelOverload.Function(CelType.Duration, CelType.Int, value => CelValue.Of(part((Duration)value.Reference!))).AsMember();

    private static CelFunctionDeclaration Getter(IDateTimeZoneProvider zones, string name, Func<LocalDateTime, int> part, params CelOverload[] others) => new(name,
    [
        CelOverload.Function(CelType.Timestamp, CelType.Int, value => CelValue.Of((long)part(((Instant)value.Reference!).InUtc().LocalDateTime))).AsMember(),
        CelOverload.Function(CelType.Timestamp, CelType.String, CelType.Int, (value, zone) => InZone(zones, value, zone.AsString!, part)).AsMember(),
        .. others,
    ]);

    private static CelValue InZone(IDateTimeZoneProvider zones, CelValue value, string zone, Func<LocalDateTime, int> part)
    {
        if (FindZone(zones, zone) is not { } found)
            return CelErrors.BadArgument($"unknown time zone '{zone}'", $"未知的时区 '{zone}'");
        var instant = (Instant)value.Reference!;
        // The last hours of the year 9999 are in a year that no calendar here has, east of Greenwich.
        if (CelTimestampText.Latest - instant < Duration.FromTicks(found.GetUtcOffset(instant).Ticks))
            return CelErrors.TimeRange;
        return CelValue.Of((long)part(instant.InZone(found).LocalDateTime));
    }

    private static DateTimeZone? FindZone(IDateTimeZoneProvider zones, string name)
    {
        if (name.Length is 5 or 6 && name[^3] == ':')
            return FixedZone(name);
        return zones.GetZoneOrNull(name);
    }

    // "+05:30", "-03:00" and, as CEL has it, "02:00".
    private static DateTimeZone? FixedZone(string name)
    {
        var digits = name.TrimStart('+', '-');
        if (digits.Length != 5
            || !int.TryParse(digits.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(digits.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || hours > 18 || minutes > 59)
            return null;
        var seconds = ((hours * 60) + minutes) * 60 * (name[0] == '-' ? -1 : 1);
        return Math.Abs(seconds) > 18 * 3600 ? null : DateTimeZone.ForOffset(Offset.FromSeconds(seconds));
    }
}
