namespace AlertEngine.Engine.WorkOrders;

/// <summary>The revisions that accepted commands make of an order, as pure functions.</summary>
public static class OrderTransitions
{
    /// <summary>The next revision of an order by an accepted command.</summary>
    /// <param name="order">The order.</param>
    /// <param name="command">The command.</param>
    /// <param name="decision">What <see cref="OrderLifecycle"/> said.</param>
    /// <param name="deadlines">The limits as they are from now on: moved by a hold, anew after a reopening.</param>
    /// <param name="atTicks">When, on people's time.</param>
    public static WorkOrder Apply(WorkOrder order, OrderCommand command, OrderDecision decision, OrderDeadlines deadlines, long atTicks)
    {
        WorkOrder revised = order with
        {
            Status = decision.Status,
            Operation = decision.Operation,
            Revision = order.Revision + 1,
            RevisedAtTicks = atTicks,
            SuspendedAtTicks = decision.Status == OrderStatus.Suspended ? order.SuspendedAtTicks ?? atTicks : null,
            LastCommand = new OrderFeedback(command.Id, command.Verb, command.Actor, command.Reason, atTicks, command.Unit),
        };
        return command.Verb switch
        {
            OrderVerb.Acknowledge or OrderVerb.Arrive or OrderVerb.Resolve => OrderDeliveries.Mark(revised, order.Lead, OrderDeliveries.StatusOf(command.Verb)!.Value, atTicks),
            OrderVerb.Suspend => revised with { SuspendedFrom = order.Status },
            OrderVerb.Resume => Resume(revised, deadlines, atTicks - (order.SuspendedAtTicks ?? atTicks)),
            OrderVerb.Reopen => Redo(revised, deadlines, atTicks),
            OrderVerb.Extend => revised with { Deadlines = order.Deadlines with { ResolveByTicks = command.UntilTicks } },
            OrderVerb.Reassign => HandOver(revised, command.ToUnit!, atTicks),
            _ => revised,
        };
    }

    /// <summary>The next revision where a unit that does not lead the order says how far it is itself: the status stays the lead's.</summary>
    public static WorkOrder Report(WorkOrder order, OrderCommand command, long atTicks) => OrderDeliveries.Mark(order, command.Unit!, OrderDeliveries.StatusOf(command.Verb)!.Value, atTicks) with
    {
        Operation = OrderOperation.Updated,
        Revision = order.Revision + 1,
        RevisedAtTicks = atTicks,
        LastCommand = new OrderFeedback(command.Id, command.Verb, command.Actor, command.Reason, atTicks, command.Unit),
    };

    /// <summary>The order with its clocks started anew. On hold they stand still, so they begin with the hold, whose end moves them on.</summary>
    public static WorkOrder Restart(WorkOrder order, OrderDeadlines deadlines, long atTicks) => order with
    {
        EscalationsTaken = 0,
        EscalationStartTicks = order.SuspendedAtTicks ?? atTicks,
        HandedOverTicks = order.SuspendedAtTicks ?? atTicks,
        Deadlines = deadlines,
    };

    /// <summary>An ended order that is to be done again, by all its units.</summary>
    public static WorkOrder Redo(WorkOrder order, OrderDeadlines deadlines, long atTicks) =>
        Restart(order, deadlines, atTicks) with { Status = OrderStatus.Dispatched, Deliveries = [] };

    /// <summary>What a command lacks beside its verb; null where nothing.</summary>
    public static string? Fault(WorkOrder order, OrderCommand command) => command.Verb switch
    {
        OrderVerb.Extend when command.UntilTicks is null => "an extension needs 'until'",
        OrderVerb.Extend when command.UntilTicks <= (order.Deadlines.ResolveByTicks ?? command.AtTicks) => "an extension must end later than the present deadline",
        OrderVerb.Reassign when command.ToUnit is null => "a reassignment needs 'to'",
        OrderVerb.Reassign when command.ToUnit == order.Lead => $"{order.Lead} leads the order already",
        _ => null,
    };

    /// <summary>Why a unit may not give this command about an order; null where it may, and where none is named.</summary>
    public static string? UnitFault(WorkOrder order, OrderCommand command)
    {
        if (command.Unit is not { } unit || unit == order.Lead)
            return null;
        if (OrderDeliveries.Find(order, unit) is not { } delivery)
            return $"the order was not sent to {unit}";
        if (OrderDeliveries.StatusOf(command.Verb) is not { } status)
            return unit == order.CommandUnit ? null : $"{OrderLifecycle.Word(command.Verb)} is for {order.Lead}, who leads the order";
        if (!order.IsOpen)
            return $"the order is {OrderDocument.Word(order.Status)}";
        return status > delivery.Status ? null : $"{unit} has {OrderDocument.Word(delivery.Status)} it already";
    }

    /// <summary>Whether a command tells only how far a unit is that does not lead the order.</summary>
    public static bool IsReport(WorkOrder order, OrderCommand command) =>
        command.Unit is { } unit && unit != order.Lead && OrderDeliveries.StatusOf(command.Verb) is not null;

    // What the new lead said as a co-handler says nothing of its taking the lead.
    private static WorkOrder HandOver(WorkOrder order, string unit, long atTicks) => order with
    {
        Lead = unit,
        CoHandlers = order.CoHandlers.Remove(unit),
        Deliveries = order.Deliveries.RemoveAll(delivery => delivery.Unit == unit),
        HandedOverTicks = atTicks,
    };

    // The time on hold is nobody's: what the escalation counts from moves on by it.
    private static WorkOrder Resume(WorkOrder order, OrderDeadlines deadlines, long heldTicks) => order with
    {
        EscalationStartTicks = order.EscalationStartTicks + Math.Max(0, heldTicks),
        HandedOverTicks = order.HandedOverTicks + Math.Max(0, heldTicks),
        Deadlines = deadlines,
    };
}
