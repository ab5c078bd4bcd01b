using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// How long an ended order is kept: so long it can be reopened and late commands are answered with its state. Open orders stay, because losing
/// one is worse than keeping it. Pure.
/// </summary>
internal static class OrderRetention
{
    /// <summary>The city's time, or as long as the rule looks back for the same place.</summary>
    public static long TicksOf(CityModel city, CompiledRule? rule) => (long)Duration.Max(city.KeepEndedOrders, Recurrence.SpanOf(rule)).TotalTicks;

    /// <summary>Whether a command may still mean an order at an instant, whether or not it was tidied away meanwhile.</summary>
    public static bool IsKept(WorkOrder order, long atTicks) => !(order.KeptUntilTicks < atTicks);

    /// <summary>What a command gets that names an order which is not there.</summary>
    public static string Refusal(string? asked, CityModel city) => asked is null
        ? "no order is selected"
        : $"no order '{asked}': it is unknown, or ended more than {CelFormat.Span(city.KeepEndedOrders)} ago";
}
