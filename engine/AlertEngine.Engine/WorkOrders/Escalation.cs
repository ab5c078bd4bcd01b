using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>Moves an order up its levels (提级): each step once, while the state that stops it is not reached. Pure.</summary>
public static class Escalation
{
    /// <summary>When the order's next step is due, or null: all taken, stopped, or no steps.</summary>
    /// <param name="order">The order with its escalation clock.</param>
    /// <param name="steps">The rule's steps.</param>
    public static long? NextDueTicks(WorkOrder order, ImmutableArray<EscalationStep> steps)
    {
        if (!order.IsOpen || order.Status == OrderStatus.Suspended || !order.Alert.IsFiring && order.Alert.Status != Alerts.AlertStatus.Shot)
            return null;
        int next = NextStep(order, steps, order.EscalationStepsTaken);
        return next < 0 ? null : order.EscalationStartTicks + (long)steps[next].After.TotalTicks;
    }

    /// <summary>The order with every step taken that is due: an outage of hours makes one revision a step, not one a tick.</summary>
    public static (WorkOrder Order, EscalationStep Step)? TakeNext(WorkOrder order, ImmutableArray<EscalationStep> steps, ImmutableArray<string> levels)
    {
        int next = NextStep(order, steps, order.EscalationStepsTaken);
        if (next < 0)
            return null;
        EscalationStep step = steps[next];
        bool rises = levels.IndexOf(step.To) > levels.IndexOf(order.CommandLevel);
        Severity severity = step.Severity is { } floor && floor > order.Alert.Severity ? floor : order.Alert.Severity;
        WorkOrder escalated = order with
        {
            CommandLevel = rises ? step.To : order.CommandLevel,
            Operation = rises ? OrderOperation.Escalated : OrderOperation.Updated,
            EscalationStepsTaken = next + 1,
            EscalationSequence = order.EscalationSequence + (rises ? 1 : 0),
            EscalationReason = $"not {step.Until} within {CelFormat.Span(step.After)}",
            Alert = order.Alert with { Severity = severity, SeverityFloor = Max(order.Alert.SeverityFloor, step.Severity) },
        };
        return (escalated, step);
    }

    /// <summary>Whether an order in this status has reached the named state.</summary>
    public static bool HasReached(OrderStatus status, string state) => status is OrderStatus.Closed or OrderStatus.Cancelled || Rank(status) >= state switch
    {
        "acknowledged" => Rank(OrderStatus.Acknowledged),
        "arrived" => Rank(OrderStatus.Arrived),
        "resolved" => Rank(OrderStatus.Resolved),
        "verified" => Rank(OrderStatus.Verified),
        _ => Rank(OrderStatus.Closed),
    };

    private static int NextStep(WorkOrder order, ImmutableArray<EscalationStep> steps, int from)
    {
        for (int i = from; i < steps.Length; i++)
        {
            if (!HasReached(order.Status, steps[i].Until))
                return i;
        }

        return -1;
    }

    private static int Rank(OrderStatus status) => status switch
    {
        OrderStatus.Acknowledged => 1,
        OrderStatus.Arrived => 2,
        OrderStatus.Resolved => 3,
        OrderStatus.Verified => 4,
        OrderStatus.Closed or OrderStatus.Cancelled => 5,
        _ => 0,
    };

    private static Severity Max(Severity floor, Severity? other) => other is { } value && value > floor ? value : floor;
}
