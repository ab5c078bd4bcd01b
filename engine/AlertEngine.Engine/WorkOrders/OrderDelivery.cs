using System.Collections.Immutable;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>How far one destination of an order is, by its own word.</summary>
public enum DeliveryStatus
{
    /// <summary>It was sent there; nothing has come back.</summary>
    Sent = 0,

    /// <summary>The unit has taken it.</summary>
    Acknowledged,

    /// <summary>The unit is on the spot.</summary>
    Arrived,

    /// <summary>The unit has done its part.</summary>
    Resolved,
}

/// <summary>The delivery of an order to one unit. One unit receiving it says nothing of another. Immutable.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="FirstRevision">The first revision that it got.</param>
/// <param name="SentAtTicks">When, on people's time.</param>
/// <param name="Status">How far it is.</param>
/// <param name="StatusAtTicks">When it said so; when it was sent where it said nothing.</param>
public sealed record OrderDelivery(string Unit, int FirstRevision, long SentAtTicks, DeliveryStatus Status, long StatusAtTicks);

/// <summary>Who gets an order and how far each of them is. Pure.</summary>
public static class OrderDeliveries
{
    /// <summary>The units that get the order: the lead, the co-handlers, and who holds the level that it has moved up to.</summary>
    public static ImmutableArray<string> UnitsOf(WorkOrder order)
    {
        ImmutableArray<string> handling = [order.Lead, .. order.CoHandlers];
        return order.CommandUnit is { } holder && !handling.Contains(holder) ? handling.Add(holder) : handling;
    }

    /// <summary>The deliveries once the present revision is sent: those that there were go on, units that get it first begin.</summary>
    public static ImmutableArray<OrderDelivery> After(WorkOrder order) =>
    [
        .. UnitsOf(order).Select(unit => Find(order, unit) ?? new OrderDelivery(unit, order.Revision, order.RevisedAtTicks, DeliveryStatus.Sent, order.RevisedAtTicks)),
    ];

    /// <summary>The delivery to a unit; null where it does not get the order.</summary>
    public static OrderDelivery? Find(WorkOrder order, string unit) => order.Deliveries.FirstOrDefault(delivery => delivery.Unit == unit);

    /// <summary>What a verb says of the unit that gives it; null where it says nothing.</summary>
    public static DeliveryStatus? StatusOf(OrderVerb verb) => verb switch
    {
        OrderVerb.Acknowledge => DeliveryStatus.Acknowledged,
        OrderVerb.Arrive => DeliveryStatus.Arrived,
        OrderVerb.Resolve => DeliveryStatus.Resolved,
        _ => null,
    };

    /// <summary>The order with what a unit said of itself; the order's own status is its lead's business.</summary>
    public static WorkOrder Mark(WorkOrder order, string unit, DeliveryStatus status, long atTicks) => order with
    {
        Deliveries = [.. order.Deliveries.Select(delivery => delivery.Unit == unit ? delivery with { Status = status, StatusAtTicks = atTicks } : delivery)],
    };
}
