using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// The last stop of every revision: it is sent with its deliveries and its next escalation, and what it sets off is taken at once. Steps of time
/// wait in the book until they are due. Owned by one district; not thread-safe.
/// </summary>
/// <param name="book">The orders.</param>
/// <param name="setting">Levels, calendars, rosters and modes.</param>
/// <param name="ruleOf">The rule of an id; null where it is gone.</param>
/// <param name="next">Takes the revisions.</param>
/// <param name="onSeverity">Told where a step raised the alert's severity.</param>
internal sealed class EscalationStage(
    OrderBook book, EscalationSetting setting, Func<string, CompiledRule?> ruleOf, IOrderSink next, Action<WorkOrder> onSeverity)
{
    /// <summary>Sends a revision, and those that it sets off; the last of them.</summary>
    public WorkOrder Send(WorkOrder revised)
    {
        ImmutableArray<EscalationStep> steps = StepsOf(revised);
        WorkOrder? former = book.Find(revised.Id);
        WorkOrder order = Put(revised with { Deliveries = OrderDeliveries.After(revised) }, steps);
        next.Take(order, former);
        while (Escalation.NextMet(order, steps) is { } step)
            order = Take(order, step, steps, order.RevisedAtTicks);
        return order;
    }

    /// <summary>Takes the step whose front comes first, if a front has passed it.</summary>
    /// <param name="frontTicks">The front; on the wall clock, the instant up to which steps are due, exclusive.</param>
    /// <param name="dateOf">The date of the revision, by the step's own instant.</param>
    public void Escalate(long frontTicks, Func<long, long> dateOf)
    {
        if (book.NextDue(frontTicks) is not { } order)
            return;
        ImmutableArray<EscalationStep> steps = StepsOf(order);
        // The steps may be others than those that were reckoned with: rules change while orders are open.
        if (Escalation.NextDue(order, steps, setting) is { } due && due.AtTicks <= order.NextEscalationTicks)
            Take(order, due.Index, steps, dateOf(Math.Max(due.AtTicks, order.RevisedAtTicks)));
        else
            Put(order, steps);
    }

    /// <summary>Reckons the next steps anew where the mode may set them off: a switch of the mode became known.</summary>
    public void Reschedule()
    {
        foreach (WorkOrder order in book.All.Where(order => order.IsOpen).ToArray())
        {
            ImmutableArray<EscalationStep> steps = StepsOf(order);
            if (steps.Any(step => step.Trigger is ModeTrigger))
                Put(order, steps);
        }
    }

    private WorkOrder Take(WorkOrder order, int step, ImmutableArray<EscalationStep> steps, long atTicks)
    {
        WorkOrder taken = Escalation.Take(order, step, steps, setting, atTicks);
        if (taken.Revision == order.Revision)
            return Put(taken, steps);
        WorkOrder sent = Send(taken);
        if (taken.Alert.Severity != order.Alert.Severity)
            onSeverity(taken);
        return sent;
    }

    private WorkOrder Put(WorkOrder order, ImmutableArray<EscalationStep> steps)
    {
        WorkOrder timed = order with
        {
            NextEscalationTicks = Escalation.NextDue(order, steps, setting)?.AtTicks,
            KeptUntilTicks = order.IsOpen ? null : order.RevisedAtTicks + OrderRetention.TicksOf(setting.City, ruleOf(order.Alert.RuleId)),
        };
        book.Put(timed);
        return timed;
    }

    private ImmutableArray<EscalationStep> StepsOf(WorkOrder order) => ruleOf(order.Alert.RuleId)?.Escalations ?? [];
}
