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
            LastCommand = new OrderFeedback(command.Id, command.Verb, command.Actor, command.Reason),
        };
        return command.Verb switch
        {
            OrderVerb.Suspend => revised with { SuspendedFrom = order.Status, SuspendedAtTicks = atTicks },
            OrderVerb.Resume => Resume(revised, deadlines, atTicks),
            OrderVerb.Reopen => Restart(revised, deadlines, atTicks),
            OrderVerb.Extend => revised with { Deadlines = order.Deadlines with { ResolveByTicks = command.UntilTicks } },
            OrderVerb.Reassign => revised with { Lead = command.ToUnit!, CoHandlers = order.CoHandlers.Remove(command.ToUnit!) },
            _ => revised,
        };
    }

    /// <summary>The order with its clocks started anew: the work begins again.</summary>
    public static WorkOrder Restart(WorkOrder order, OrderDeadlines deadlines, long atTicks) => order with
    {
        EscalationStepsTaken = 0,
        EscalationStartTicks = atTicks,
        Deadlines = deadlines,
    };

    /// <summary>What a command lacks beside its verb; null where nothing.</summary>
    public static string? Fault(WorkOrder order, OrderCommand command) => command.Verb switch
    {
        OrderVerb.Extend when command.UntilTicks is null => "an extension needs 'until'",
        OrderVerb.Extend when command.UntilTicks <= (order.Deadlines.ResolveByTicks ?? command.AtTicks) => "an extension must end later than the present deadline",
        OrderVerb.Reassign when command.ToUnit is null => "a reassignment needs 'to'",
        OrderVerb.Reassign when command.ToUnit == order.Lead => $"{order.Lead} leads the order already",
        _ => null,
    };

    // The time on hold is nobody's: the escalation's beginning moves on by it.
    private static WorkOrder Resume(WorkOrder order, OrderDeadlines deadlines, long atTicks) => order with
    {
        SuspendedAtTicks = null,
        EscalationStartTicks = order.EscalationStartTicks + Math.Max(0, atTicks - (order.SuspendedAtTicks ?? atTicks)),
        Deadlines = deadlines,
    };
}
