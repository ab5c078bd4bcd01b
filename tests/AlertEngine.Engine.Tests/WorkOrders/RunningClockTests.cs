using System.Collections.Frozen;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: what a unit was told holds: a running limit keeps its instant when the mode is switched or the calendar is another; orders that are dispatched
/// after that have the new ones. Method: an order in work hours, the change, a later revision of it and a new order.
/// </summary>
public sealed class RunningClockTests
{
    // Wednesday, 08:00 in Nanjing.
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void A_switch_of_the_mode_moves_no_running_limit()
    {
        KernelRun run = new KernelRun(Rules()).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Switch(At(5), new ContextChange(At(5), "emergency", null, null, null))
            .Events(TestRules.Event("e2", "dev-1", At(6), 30));

        Assert.Equal(["2026-07-01T03:00:00Z", "2026-07-01T03:00:00Z"], run.Orders.Select(ResolveBy));
        Assert.Equal("emergency", run.Orders[^1].GetProperty("mode").GetString());
    }

    [Fact]
    public void Another_calendar_counts_for_new_orders_only()
    {
        KernelRun before = new KernelRun(Rules()).Events(TestRules.Event("e1", "dev-1", At(0), 9));
        KernelRun after = new(Rules(new LocalDate(2026, 7, 1)));
        after.Kernel.Restore(before.Kernel.EncodeSnapshot());
        after.Events(TestRules.Event("e2", "dev-1", At(6), 30), TestRules.Event("e3", "dev-2", At(7), 9));

        Assert.Equal(["2026-07-01T03:00:00Z", "2026-07-02T03:00:00Z"], after.Orders.Select(ResolveBy));
    }

    private static RuleSet Rules(params LocalDate[] holidays)
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromHours(3));
        rule = rule with
        {
            Base = rule.Base with
            {
                Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Red)]),
                Sla = new SlaPlan("office", null, null, new SlaLimit(Duration.FromHours(2), SlaUnit.WorkHours), "cn"),
            },
        };
        BusinessCalendar calendar = BusinessCalendar.Weekdays with { Id = "cn", Listed = holidays.ToFrozenDictionary(day => day, _ => true), Years = [2026] };
        return TestRules.Set(rule) with { City = CityModel.Open with { Calendars = new Dictionary<string, BusinessCalendar> { ["cn"] = calendar }.ToFrozenDictionary() } };
    }

    private static string? ResolveBy(JsonElement order) => order.GetProperty("sla").GetProperty("resolveBy").GetString();

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
