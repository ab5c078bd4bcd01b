using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Route;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>Takes each revision of an order that is to be sent.</summary>
internal interface IOrderSink
{
    void Take(WorkOrder order);

    /// <summary>Sends the present revision to a unit that does not handle it any more.</summary>
    void Tell(WorkOrder order, string unitId);
}

/// <summary>
/// From changes of alerts to revisions of orders: routes are asked at the opening and on every rise; what changes makes a new revision of the
/// same order. Owned by one district; not thread-safe.
/// </summary>
internal sealed class OrderStage(OrderBook book, EvaluationScope scope, CityModel city, IOrderSink next)
{
    /// <summary>Makes the orders' revisions that an alert's change calls for.</summary>
    public void Take(in AlertNotice notice)
    {
        if (notice.Alert.IsShadow)
            return;
        switch (notice.Change)
        {
            case AlertChange.Opened when notice.IsReopening:
                Reopen(notice.Alert);
                break;
            case AlertChange.Opened:
                DispatchNew(notice.Alert);
                break;
            case AlertChange.Updated:
                Update(notice);
                break;
            case AlertChange.Cleared:
                ReviseAll(notice.Alert);
                break;
        }
    }

    /// <summary>Takes every escalation step that a front has passed, in the order of the fronts they waited for.</summary>
    /// <param name="frontTicks">The front; on the wall clock, the instant up to which steps are due, exclusive.</param>
    /// <param name="rules">The rules by id.</param>
    /// <param name="isEventClock">Whether a step is dated by its due instant, or by the batch's now.</param>
    /// <param name="onSeverity">Told where a step raised the alert's severity.</param>
    public void Escalate(long frontTicks, Func<string, CompiledRule?> rules, bool isEventClock, Action<WorkOrder> onSeverity)
    {
        while (book.NextDue(frontTicks) is { } order)
        {
            long dueTicks = order.NextEscalationTicks!.Value;
            long atTicks = isEventClock ? dueTicks : scope.PeopleNowTicks;
            ImmutableArray<EscalationStep> steps = rules(order.Alert.RuleId)?.Escalations ?? [];
            if (Escalation.TakeNext(order, steps, city.Levels) is not { } taken)
            {
                book.Put(order with { NextEscalationTicks = null });
                continue;
            }

            WorkOrder escalated = taken.Order with { Revision = order.Revision + 1, RevisedAtTicks = atTicks };
            Send(escalated with { NextEscalationTicks = Escalation.NextDueTicks(escalated, steps) });
            if (escalated.Alert.Severity != order.Alert.Severity)
                onSeverity(escalated);
        }
    }

    private void DispatchNew(Alert alert)
    {
        foreach (RouteTaken route in Routes(alert))
            Dispatch(alert, route);
    }

    private void Update(in AlertNotice notice)
    {
        Alert alert = notice.Alert;
        if (alert.Severity == notice.FormerSeverity)
            return;
        ReviseAll(alert);
        if (alert.Severity <= notice.FormerSeverity)
            return;
        foreach (RouteTaken route in Routes(alert))
        {
            if (!book.OfAlert(alert.Id).Any(order => order.Lead == route.Lead))
                Dispatch(alert, route);
        }
    }

    private void Reopen(Alert alert)
    {
        bool any = false;
        foreach (WorkOrder order in book.OfAlert(alert.Id).Where(order => order.Status != OrderStatus.Returned).ToArray())
        {
            any = true;
            WorkOrder reopened = Again(Revise(order, alert));
            Send(reopened with { NextEscalationTicks = Escalation.NextDueTicks(reopened, scope.Rule.Escalations) });
        }

        if (!any)
            DispatchNew(alert);
    }

    /// <summary>What was over is to be done again; who is at work already goes on, and only the escalation starts anew.</summary>
    private WorkOrder Again(WorkOrder order)
    {
        long nowTicks = scope.PeopleNowTicks;
        return order.Status is OrderStatus.Resolved or OrderStatus.Verified or OrderStatus.Closed or OrderStatus.Cancelled
            ? OrderTransitions.Restart(order with { Status = OrderStatus.Dispatched }, SlaClock.Deadlines(order.Deadlines.Plan, city, nowTicks), nowTicks)
            : OrderTransitions.Restart(order, order.Deadlines, nowTicks);
    }

    private void ReviseAll(Alert alert)
    {
        foreach (WorkOrder order in book.OfAlert(alert.Id).Where(order => order.IsOpen).ToArray())
        {
            WorkOrder revised = Revise(order, alert);
            Send(revised with { NextEscalationTicks = Escalation.NextDueTicks(revised, scope.Rule.Escalations) });
        }
    }

    private WorkOrder Revise(WorkOrder order, Alert alert) => order with
    {
        Alert = alert,
        Revision = order.Revision + 1,
        Operation = OrderOperation.Updated,
        RevisedAtTicks = scope.PeopleNowTicks,
    };

    private void Dispatch(Alert alert, RouteTaken route)
    {
        long nowTicks = scope.PeopleNowTicks;
        var order = new WorkOrder
        {
            Id = AlertId.OfOrder(alert.Id, route.Lead, 1),
            Alert = alert,
            Revision = 1,
            Operation = OrderOperation.Dispatched,
            Status = OrderStatus.Dispatched,
            Lead = route.Lead,
            CoHandlers = route.CoHandlers,
            RouteReason = route.Reason,
            CommandLevel = scope.Rule.Level ?? city.Levels[0],
            EscalationStartTicks = nowTicks,
            Deadlines = SlaClock.Deadlines(scope.Variant.Sla, city, nowTicks),
            DispatchedAtTicks = nowTicks,
            RevisedAtTicks = nowTicks,
        };
        Send(order with { NextEscalationTicks = Escalation.NextDueTicks(order, scope.Rule.Escalations) });
    }

    /// <summary>The ways of an alert whose rule and key are in the scope.</summary>
    public ImmutableArray<RouteTaken> Routes(Alert alert, ImmutableArray<string> without = default)
    {
        AlertDrafting.Load(alert, scope);
        return Router.Decide(scope.Variant.Routes, scope.Frame, without);
    }

    private void Send(WorkOrder order)
    {
        book.Put(order);
        next.Take(order);
    }
}
