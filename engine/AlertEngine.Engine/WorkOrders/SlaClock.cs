using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>Turns an SLA's limits into instants. Pure.</summary>
public static class SlaClock
{
    /// <summary>The deadlines of an order dispatched at that instant of people's time.</summary>
    public static OrderDeadlines Deadlines(SlaPlan? plan, long dispatchedAtTicks) => plan is null
        ? OrderDeadlines.None
        : new OrderDeadlines(
            By(plan.Acknowledge, dispatchedAtTicks), By(plan.Arrive, dispatchedAtTicks), By(plan.Resolve, dispatchedAtTicks), plan, CalendarVersion: null);

    private static long? By(SlaLimit? limit, long fromTicks) =>
        limit is { Unit: SlaUnit.Hours } ? fromTicks + (long)limit.Amount.TotalTicks : null;
}
