using System.Globalization;
using System.Text.Json;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>
/// Goal: every holiday and make-up workday is right, of all years that have been announced. Method: the calendar of the shipped city file beside the
/// published data set, read here by hand: a listed day decides, whichever year's file lists it, else the weekday.
/// </summary>
public sealed class HolidayYearsTests
{
    private const int FirstYear = 2016, LastYear = 2026;

    [Fact]
    public void Every_day_of_every_announced_year_is_off_or_worked_as_published()
    {
        Dictionary<string, bool> listed = Published();
        BusinessCalendar calendar = City().Calendars["cn"];
        Assert.Equal(Enumerable.Range(FirstYear, LastYear - FirstYear + 1), calendar.Years);
        int listedDays = 0;
        for (DateTime day = new(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year <= LastYear; day = day.AddDays(1))
        {
            bool isListed = listed.TryGetValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), out bool isOff);
            bool isWorked = isListed ? !isOff : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
            LocalDate local = new(day.Year, day.Month, day.Day);
            Assert.True(isWorked == calendar.IsWorkday(local), $"{local:uuuu-MM-dd} is {(isWorked ? "worked" : "off")}");
            Assert.Equal(isListed && isOff, calendar.IsHoliday(local));
            listedDays += isListed ? 1 : 0;
        }

        Assert.Equal(listed.Count, listedDays);
    }

    [Theory]
    [InlineData(2018, 12, 31, true)]
    [InlineData(2018, 12, 29, false)]
    [InlineData(2022, 12, 31, true)]
    [InlineData(2020, 1, 31, true)]
    public void Days_of_late_december_are_listed_with_the_year_to_come_and_a_holiday_may_be_made_longer(int year, int month, int day, bool isHoliday)
    {
        BusinessCalendar calendar = City().Calendars["cn"];
        Assert.Equal((isHoliday, !isHoliday), (calendar.IsHoliday(new LocalDate(year, month, day)), calendar.IsWorkday(new LocalDate(year, month, day))));
    }

    [Theory]
    [InlineData(2026, 12, 19, null)]
    [InlineData(2026, 12, 20, 2027)]
    [InlineData(2027, 5, 1, 2027)]
    [InlineData(2015, 12, 31, 2015)]
    public void A_year_that_nobody_has_announced_is_said_to_be_unknown(int year, int month, int day, int? unknown) =>
        Assert.Equal(unknown, City().Calendars["cn"].UnknownYearOf(new LocalDate(year, month, day)));

    private static Dictionary<string, bool> Published()
    {
        Dictionary<string, bool> listed = [];
        foreach (string file in Directory.GetFiles(Shared.Folder("data", "holiday-cn"), "20*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement day in document.RootElement.GetProperty("days").EnumerateArray())
                listed.Add(day.GetProperty("date").GetString()!, day.GetProperty("isOffDay").GetBoolean());
        }

        return listed;
    }

    private static CityModel City()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "rules", "packs", "nanjing", "city.yaml");
            if (File.Exists(file))
                return RuleLoader.Load(new RuleSources { Rules = [], City = Shared.City(file) }).Rules!.City;
        }

        throw new FileNotFoundException("the pack of Nanjing is not in the checkout");
    }
}
