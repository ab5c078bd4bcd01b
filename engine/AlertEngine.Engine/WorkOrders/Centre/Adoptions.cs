using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders.Centre;

/// <summary>What a revision of an order of the city has to tell the districts whose alerts it came from. Pure.</summary>
internal static class Adoptions
{
    /// <summary>
    /// One command for each alert that the revision before did not name; for all of them where the order has moved up a level. The same revision
    /// gives the same commands, so that a district takes each once.
    /// </summary>
    /// <param name="order">The revision.</param>
    /// <param name="former">The one before; null at the first.</param>
    /// <param name="city">The city's code: who gives the commands.</param>
    public static IEnumerable<(string District, AdoptCommand Command)> Of(WorkOrder order, WorkOrder? former, string city)
    {
        ImmutableArray<ChildAlert> told = former is null || former.CommandLevel != order.CommandLevel ? [] : former.Alert.Children;
        return order.Alert.Children.Where(child => !told.Contains(child)).Select(child => (child.District, CommandOf(order, child, city)));
    }

    private static AdoptCommand CommandOf(WorkOrder order, ChildAlert child, string city) =>
        new($"{order.Id}-{child.AlertId}-{order.CommandLevel}", order.RevisedAtTicks, city, EscalationWords.Joined(order.Id))
        {
            ParentId = order.Id,
            AlertId = child.AlertId,
            OrderId = child.OrderId,
            Level = order.CommandLevel,
        };
}
