using System.Collections.Frozen;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: deadlines are those that a clerk with a calendar would find. Method: a list of every minute that is worked in the months around two
/// public holidays with make-up days, made without the code under test; every hour of those months is a start. And single cases by hand.
/// </summary>
public sealed class SlaClockTests
{
    // Spring Festival and Qingming of 2025 as announced: days off, and the make-up days that are worked for them.
    private static readonly LocalDate[] Off =
    [
        .. Enumerable.Range(0, 8).Select(day => new LocalDate(2025, 1, 28).PlusDays(day)), .. Enumerable.Range(0, 3).Select(day => new LocalDate(2025, 4, 4).PlusDays(day)),
    ];

    private static readonly LocalDate[] MakeUp = [new(2025, 1, 26), new(2025, 2, 8)];

    private static readonly CityModel City = CityModel.Open with
    {
        Calendars = new Dictionary<string, BusinessCalendar>
        {
            ["city"] = new("city", Off.Select(day => (day, true)).Concat(MakeUp.Select(day => (day, false))).ToFrozenDictionary(pair => pair.day, pair => pair.Item2), [2025], new LocalTime(9, 0), new LocalTime(17, 30)),
        }.ToFrozenDictionary(),
    };

    [Theory]
    [InlineData("1wh")]
    [InlineData("8.5wh")]
    [InlineData("20wh")]
    public void Work_hours_are_those_of_the_list_of_worked_minutes(string limit)
    {
        Instant[] worked = WorkedMinutes();
        int minutes = (int)LimitText.Parse(limit)!.Amount.TotalMinutes;
        for (Instant start = Local("2025-01-20T00:00"); start < Local("2025-04-20T00:00"); start += Duration.FromHours(1))
        {
            int first = Array.FindIndex(worked, minute => minute >= start);
            Assert.Equal((start, worked[first + minutes - 1] + Duration.FromMinutes(1)), (start, Deadline(limit, start)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Workdays_end_with_the_last_of_them(int workdays)
    {
        Instant[] closes = [.. WorkedMinutes().GroupBy(minute => minute.InZone(City.Zone).Date).Select(day => day.Last() + Duration.FromMinutes(1))];
        for (Instant start = Local("2025-01-20T00:00"); start < Local("2025-04-20T00:00"); start += Duration.FromHours(1))
        {
            LocalDate today = start.InZone(City.Zone).Date;
            Instant expected = closes.Where(close => close.InZone(City.Zone).Date > today).ElementAt(workdays - 1);
            Assert.Equal((start, expected), (start, Deadline($"{workdays}wd", start)));
        }
    }

    [Theory]
    [InlineData("2h", "2025-01-27T23:00", "2025-01-28T01:00")]
    [InlineData("1wh", "2025-01-27T17:00", "2025-02-05T09:30")]
    [InlineData("1wh", "2025-01-27T16:30", "2025-01-27T17:30")]
    [InlineData("1wh", "2025-01-25T12:00", "2025-01-26T10:00")]
    [InlineData("1wd", "2025-01-27T10:00", "2025-02-05T17:30")]
    [InlineData("1wd", "2025-02-07T23:00", "2025-02-08T17:30")]
    public void A_limit_ends_where_a_clerk_would_say(string limit, string start, string expected) =>
        Assert.Equal(Local(expected), Deadline(limit, Local(start)));

    [Theory]
    [InlineData("2h", "2025-01-20T10:00", "2025-01-20T11:00", "2025-01-21T11:00", "2025-01-21T12:00")]
    [InlineData("2wh", "2025-01-20T10:00", "2025-01-20T11:00", "2025-01-21T17:00", "2025-01-22T09:30")]
    [InlineData("2wh", "2025-01-20T10:00", "2025-01-20T20:00", "2025-01-22T10:00", "2025-01-20T12:00")]
    [InlineData("1wd", "2025-01-20T10:00", "2025-01-20T11:00", "2025-01-20T15:00", "2025-01-21T17:30")]
    [InlineData("1wd", "2025-01-20T10:00", "2025-01-20T11:00", "2025-01-22T15:00", "2025-01-23T17:30")]
    public void A_hold_moves_a_limit_by_what_its_unit_counts(string limit, string start, string suspended, string resumed, string expected)
    {
        OrderDeadlines running = SlaClock.Deadlines(Plan(limit), City, Local(start).ToUnixTimeTicks());
        OrderDeadlines moved = SlaClock.Resume(running, City, Local(suspended).ToUnixTimeTicks(), Local(resumed).ToUnixTimeTicks());
        Assert.Equal(Local(expected), Instant.FromUnixTimeTicks(moved.ResolveByTicks!.Value));
    }

    [Theory]
    [InlineData("1wd", "2025-01-20T10:00", "2025")]
    [InlineData("1wd", "2025-12-31T10:00", "2025; unknown: 2026")]
    [InlineData("2h", "2030-01-01T10:00", null)]
    public void An_order_says_which_years_its_calendar_knew(string limit, string start, string? expected) =>
        Assert.Equal(expected, SlaClock.Deadlines(Plan(limit), City, Local(start).ToUnixTimeTicks()).CalendarVersion);

    [Fact]
    public void A_calendar_that_is_never_worked_gives_no_deadline()
    {
        BusinessCalendar idle = BusinessCalendar.Weekdays with { ClosesAt = BusinessCalendar.Weekdays.OpensAt };
        Assert.Null(WorkTime.After(idle, City.Zone, Local("2025-01-20T10:00").ToUnixTimeTicks(), NodaConstants.TicksPerHour));
    }

    private static SlaPlan Plan(string limit) => new("test", null, null, LimitText.Parse(limit), "city");

    private static Instant Deadline(string limit, Instant start) =>
        Instant.FromUnixTimeTicks(SlaClock.Deadlines(Plan(limit), City, start.ToUnixTimeTicks()).ResolveByTicks!.Value);

    private static Instant Local(string text) =>
        City.Zone.AtStrictly(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value).ToInstant();

    private static Instant[] WorkedMinutes()
    {
        var minutes = new List<Instant>();
        for (Instant minute = Local("2025-01-20T00:00"); minute < Local("2025-06-01T00:00"); minute += Duration.FromMinutes(1))
        {
            // Nanjing is eight hours ahead of UTC all year.
            DateTime local = minute.ToDateTimeUtc().AddHours(8);
            var day = LocalDate.FromDateTime(local);
            bool isWeekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            bool isWorked = MakeUp.Contains(day) || (!isWeekend && !Off.Contains(day));
            if (isWorked && local.TimeOfDay >= TimeSpan.FromHours(9) && local.TimeOfDay < TimeSpan.FromHours(17.5))
                minutes.Add(minute);
        }

        return [.. minutes];
    }
}
