using System.Collections.Frozen;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads calendars with their holiday files.</summary>
internal static class CityCalendars
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static FrozenDictionary<string, BusinessCalendar> Read(CityReading reading) =>
        reading.Root.Entries("calendars").Where(entry => entry.Value is YamlMapping)
            .ToFrozenDictionary(entry => entry.Key.Value, entry => ReadOne(reading, entry.Key.Value, (YamlMapping)entry.Value), StringComparer.Ordinal);

    /// <summary>Says which calendars with holidays do not know those of a day: deadlines would be wrong and nobody would notice.</summary>
    public static void WarnOf(CityModel city, LocalDate today, SourceText source, DiagnosticBag diagnostics)
    {
        foreach (BusinessCalendar calendar in city.Calendars.Values.Where(calendar => calendar.Listed.Count != 0).OrderBy(calendar => calendar.Id, StringComparer.Ordinal))
        {
            if (calendar.UnknownYearOf(today) is { } year)
                diagnostics.Report(FileCodes.UnknownYear, source, default, $"the calendar '{calendar.Id}' does not know {year}, which runs on weekdays");
        }
    }

    private static BusinessCalendar ReadOne(CityReading reading, string id, YamlMapping block)
    {
        Dictionary<LocalDate, bool> listed = [];
        List<int> years = [];
        foreach (YamlScalar name in block.Scalars("holidays"))
        {
            if (reading.Companion(name) is { } file && HolidayFile.Read(file, listed, reading.Diagnostics) is { } year)
                years.Add(year);
        }

        (LocalTime opens, LocalTime closes) = Hours(block.Text("hours"));
        return new BusinessCalendar(id, listed.ToFrozenDictionary(), [.. years.Order()], opens, closes);
    }

    private static (LocalTime Opens, LocalTime Closes) Hours(string? text) =>
        text?.Split('-') is [var from, var until] && Time.Parse(from) is { Success: true } opens && Time.Parse(until) is { Success: true } closes
            ? (opens.Value, closes.Value)
            : (BusinessCalendar.Weekdays.OpensAt, BusinessCalendar.Weekdays.ClosesAt);
}
