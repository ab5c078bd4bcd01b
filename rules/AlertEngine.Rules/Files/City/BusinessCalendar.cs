using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace AlertEngine.Rules.Files.City;

/// <summary>
/// Public holidays with make-up workdays (调休): a listed day decides, otherwise the weekday rule. Late December is listed in the file of the
/// next year too, so all files together are asked. Immutable and thread-safe.
/// </summary>
/// <param name="Id">Its name in the city file.</param>
/// <param name="Listed">The listed days: true is off, false a make-up workday.</param>
/// <param name="Years">The years whose files were read; another year runs on the weekday rule, which deserves a warning.</param>
/// <param name="OpensAt">When working hours begin.</param>
/// <param name="ClosesAt">When they end, exclusive.</param>
public sealed record BusinessCalendar(
    string Id, FrozenDictionary<LocalDate, bool> Listed, ImmutableArray<int> Years, LocalTime OpensAt, LocalTime ClosesAt)
{
    // The longest holiday has eight days with its make-up days within a week of it.
    private const int FirstDayOfLateDecember = 20;

    /// <summary>The calendar that knows no holidays.</summary>
    public static BusinessCalendar Weekdays { get; } =
        new("weekdays", FrozenDictionary<LocalDate, bool>.Empty, [], new LocalTime(9, 0), new LocalTime(17, 30));

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkday(LocalDate day) =>
        Listed.TryGetValue(day, out bool isOff) ? !isOff : day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);

    /// <summary>Whether a day is listed as a public holiday.</summary>
    public bool IsHoliday(LocalDate day) => Listed.TryGetValue(day, out bool isOff) && isOff;

    /// <summary>Whether the holidays of a year are known.</summary>
    public bool Knows(int year) => Years.Contains(year);

    /// <summary>
    /// The year whose file is wanting for a day; null where the day is known. New Year's holiday may begin in late December, and is listed with the
    /// year that it belongs to.
    /// </summary>
    public int? UnknownYearOf(LocalDate day) =>
        !Knows(day.Year) ? day.Year
        : day is { Month: 12, Day: >= FirstDayOfLateDecember } && !Knows(day.Year + 1) ? day.Year + 1
        : null;
}
