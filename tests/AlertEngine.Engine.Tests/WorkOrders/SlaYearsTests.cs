using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Services;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: deadlines that start in any hour of 2024 to 2026 are right in all three units. Method: the project's own city file and holiday files on
/// one side; on the other the notices as others have published them, and a plain list of every half hour that is worked, made with the calendar of
/// the base library.
/// </summary>
public sealed class SlaYearsTests
{
    private static readonly DateTime First = new(2024, 1, 1), End = new(2027, 1, 1), Horizon = new(2027, 6, 1);
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly CityModel City = Nanjing();
    private static readonly DateTime[] Worked = WorkedHalfHours();
    private static readonly DateTime[] Workdays = [.. Worked.Select(slot => slot.Date).Distinct()];

    [Theory]
    [InlineData("30m")]
    [InlineData("72h")]
    public void Hours_go_on_day_and_night(string limit)
    {
        TimeSpan span = LimitText.Parse(limit)!.Amount.ToTimeSpan();
        AssertEveryHour(limit, start => start + span);
    }

    [Theory]
    [InlineData("1wh")]
    [InlineData("8.5wh")]
    [InlineData("40wh")]
    public void Work_hours_are_those_of_the_list(string limit)
    {
        int slots = (int)(LimitText.Parse(limit)!.Amount.TotalMinutes / 30);
        int first = 0;
        AssertEveryHour(limit, start =>
        {
            while (Worked[first] < start)
                first++;
            return Worked[first + slots - 1] + HalfHour;
        });
    }

    [Theory]
    [InlineData("1wd")]
    [InlineData("3wd")]
    [InlineData("15wd")]
    public void Workdays_end_with_business(string limit)
    {
        int days = (int)LimitText.Parse(limit)!.Amount.TotalDays;
        int next = 0;
        AssertEveryHour(limit, start =>
        {
            while (Workdays[next] <= start.Date)
                next++;
            return Workdays[next + days - 1].AddHours(17.5);
        });
    }

    [Fact]
    public void A_deadline_in_a_year_that_nobody_announced_says_so()
    {
        long start = TicksOf(new DateTime(2026, 12, 18, 10, 0, 0));
        Assert.Equal("2024,2025,2026; unknown: 2027", SlaClock.Deadlines(Plan("3wd"), City, start).CalendarVersion);
        Assert.Equal("2024,2025,2026", SlaClock.Deadlines(Plan("3wd"), City, TicksOf(new DateTime(2026, 12, 1, 10, 0, 0))).CalendarVersion);
    }

    private static void AssertEveryHour(string limit, Func<DateTime, DateTime> expected)
    {
        SlaPlan plan = Plan(limit);
        for (DateTime start = First; start < End; start = start.AddHours(1))
        {
            long byTicks = SlaClock.Deadlines(plan, City, TicksOf(start)).ResolveByTicks!.Value;
            if (byTicks != TicksOf(expected(start)))
                Assert.Fail($"{limit} from {start:s}: {Instant.FromUnixTimeTicks(byTicks)}, expected {expected(start):s} in Nanjing");
        }
    }

    private static SlaPlan Plan(string limit) => new("test", null, null, LimitText.Parse(limit), "cn");

    // Nanjing is eight hours ahead of UTC all year.
    private static long TicksOf(DateTime local) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(local.AddHours(-8), DateTimeKind.Utc)).ToUnixTimeTicks();

    private static DateTime[] WorkedHalfHours()
    {
        var listed = new Dictionary<DateTime, bool>();
        foreach (int year in (int[])[2024, 2025, 2026])
        {
            using JsonDocument notice = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "..", "shared", "data", "holiday-cn", $"{year}.json")));
            foreach (JsonElement day in notice.RootElement.GetProperty("days").EnumerateArray())
                listed[day.GetProperty("date").GetDateTime()] = day.GetProperty("isOffDay").GetBoolean();
        }

        var worked = new List<DateTime>();
        for (DateTime slot = First; slot < Horizon; slot += HalfHour)
        {
            bool isOff = listed.TryGetValue(slot.Date, out bool off) ? off : slot.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            if (!isOff && slot.TimeOfDay >= TimeSpan.FromHours(9) && slot.TimeOfDay < TimeSpan.FromHours(17.5))
                worked.Add(slot);
        }

        return [.. worked];
    }

    private static CityModel Nanjing()
    {
        var file = new SourceFile("city.yaml", """
            alertengine: city/v1
            city: { code: '320100', name: Nanjing }
            levels: [ city ]
            districts: [ { code: '320102', name: Xuanwu } ]
            units: [ { id: unit, name: unit } ]
            calendars: { cn: { holidays: [ holidays-2024.json, holidays-2025.json, holidays-2026.json ], hours: '09:00-17:30' } }
            """);
        ImmutableDictionary<string, SourceFile> companions = CityLoader.CompanionsOf(file).ToImmutableDictionary(
            name => name, name => new SourceFile(name, File.ReadAllText(Path.Combine(Checkout.Root, "rules", "packs", "nanjing", name))));
        return RuleLoader.Load(new RuleSources { Rules = [], City = new CitySources(file) { Companions = companions } }).Rules!.City;
    }
}
