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
    /// <param name="order">The revision.</param>
    /// <param name="former">The one before; null at the first.</param>
    void Take(WorkOrder order, WorkOrder? former);

    /// <summary>Sends the present revision to a unit that does not handle it any more.</summary>
    void Tell(WorkOrder order, string unitId);
}

/// <summary>
/// From changes of alerts to revisions of orders: routes are asked at the opening and on every rise; what changes makes a new revision of the
/// same order. Owned by one district; not thread-safe.
/// </summary>
internal sealed class OrderStage(OrderBook book, EvaluationScope scope, CityModel city, EscalationStage sending)
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

    private void DispatchNew(Alert alert)
    {
        ImmutableArray<long> openings = Recurrence.After(book.LatestOfPlace(alert.RuleId, alert.Key)?.OpeningsTicks ?? [], scope.PeopleNowTicks, scope.Rule);
        foreach (RouteTaken route in Routes(alert))
            Dispatch(alert, route, openings);
    }

    private void Update(in AlertNotice notice)
    {
        Alert alert = notice.Alert;
        if (alert.Severity == notice.FormerSeverity && !notice.RevisesOrders && !HasSpread(alert))
            return;
        ReviseAll(alert, notice.Merged is { IsNearby: true } ? OrderOperation.Merged : OrderOperation.Updated);
        if (alert.Severity <= notice.FormerSeverity)
            return;
        DispatchNewlyMatched(alert);
    }

    /// <summary>
    /// A step of one order has raised the alert, whose rule and context are in the scope: orders that do not say so yet do now, and the routes
    /// that match only now get orders of their own.
    /// </summary>
    public void Rise(Alert alert)
    {
        foreach (WorkOrder behind in book.OfAlert(alert.Id).Where(order => order.IsOpen && order.Alert.Severity < alert.Severity).ToArray())
            sending.Send(Revise(behind, alert));
        DispatchNewlyMatched(alert);
    }

    private void DispatchNewlyMatched(Alert alert)
    {
        foreach (RouteTaken route in Routes(alert))
        {
            if (!IsServed(alert, route))
                Dispatch(alert, route, book.OfAlert(alert.Id).FirstOrDefault()?.OpeningsTicks ?? []);
        }
    }

    // An order that was reassigned keeps the id of its route: it must not begin a second time.
    private bool IsServed(Alert alert, RouteTaken route) =>
        book.Find(AlertId.OfOrder(alert.Id, route.Lead, 1)) is not null || book.OfAlert(alert.Id).Any(order => order.Lead == route.Lead);

    /// <summary>Whether events of another district have come since its orders were last told.</summary>
    private bool HasSpread(Alert alert) => book.OfAlert(alert.Id).Any(order => AlertTransitions.HasSpread(order.Alert, alert));

    private void Reopen(Alert alert)
    {
        bool any = false;
        foreach (WorkOrder order in book.OfAlert(alert.Id).Where(order => order.Status != OrderStatus.Returned).ToArray())
        {
            any = true;
            sending.Send(Again(Revise(order, alert) with { OpeningsTicks = Recurrence.After(order.OpeningsTicks, scope.PeopleNowTicks, scope.Rule) }));
        }

        if (!any)
            DispatchNew(alert);
    }

    /// <summary>What was over is to be done again; who is at work already goes on, and only the escalation starts anew.</summary>
    private WorkOrder Again(WorkOrder order)
    {
        long nowTicks = scope.PeopleNowTicks;
        return order.Status is OrderStatus.Resolved or OrderStatus.Verified or OrderStatus.Closed or OrderStatus.Cancelled
            ? OrderTransitions.Redo(order, SlaClock.Deadlines(order.Deadlines.Plan, city, nowTicks), nowTicks)
            : OrderTransitions.Restart(order, order.Deadlines, nowTicks);
    }

    private void ReviseAll(Alert alert, OrderOperation operation = OrderOperation.Updated)
    {
        foreach (WorkOrder order in book.OfAlert(alert.Id).Where(order => order.IsOpen).ToArray())
            sending.Send(Revise(order, alert) with { Operation = operation });
    }

    private WorkOrder Revise(WorkOrder order, Alert alert) => order with
    {
        Alert = alert,
        Revision = order.Revision + 1,
        Operation = OrderOperation.Updated,
        RevisedAtTicks = scope.PeopleNowTicks,
    };

    private void Dispatch(Alert alert, RouteTaken route, ImmutableArray<long> openings)
    {
        long nowTicks = scope.PeopleNowTicks;
        sending.Send(new WorkOrder
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
            HandedOverTicks = nowTicks,
            OpeningsTicks = openings,
            Deadlines = SlaClock.Deadlines(city.SlaIn(scope.Mode, scope.Variant.Sla), city, nowTicks),
            DispatchedAtTicks = nowTicks,
            RevisedAtTicks = nowTicks,
            ParentId = book.OfAlert(alert.Id).FirstOrDefault()?.ParentId,
        });
    }

    /// <summary>
    /// Gives open orders the deadlines of the profiles that hold in the present mode, from when they were dispatched; whoever was told another
    /// deadline gets a revision. <paramref name="load"/> puts an alert's rule and context into the scope.
    /// </summary>
    public void ChangeClocks(Func<Alert, bool> load)
    {
        foreach (WorkOrder order in book.All.Where(order => order.IsOpen && order.Status != OrderStatus.Suspended).OrderBy(order => order.Id, StringComparer.Ordinal).ToArray())
        {
            if (!load(order.Alert) || city.SlaIn(scope.Mode, scope.Variant.Sla) is not { } plan || plan == order.Deadlines.Plan)
                continue;
            sending.Send(Revise(order, order.Alert) with { Deadlines = SlaClock.Deadlines(plan, city, order.DispatchedAtTicks) });
        }
    }

    /// <summary>The ways of an alert whose rule and key are in the scope.</summary>
    public ImmutableArray<RouteTaken> Routes(Alert alert, ImmutableArray<string> without = default)
    {
        AlertDrafting.Load(alert, scope);
        return Router.Decide(scope.Variant.Routes, scope.Frame, without);
    }
}
