using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>What a verb makes of an order: its next status and the operation of the revision, or why it is refused.</summary>
/// <param name="Status">The next status; without meaning where it is refused.</param>
/// <param name="Operation">What the revision is.</param>
/// <param name="Refusal">Why it is refused; null where it is accepted.</param>
public readonly record struct OrderDecision(OrderStatus Status, OrderOperation Operation, string? Refusal)
{
    /// <summary>Whether the verb is possible.</summary>
    public bool IsAccepted => Refusal is null;
}

/// <summary>
/// The life of an order as a table: from which statuses each verb is possible, and where it leads (DOMAIN §5). Feedback often skips a step, so
/// a crew may resolve what it never acknowledged; nothing goes back except by a reopening. Pure.
/// </summary>
public static class OrderLifecycle
{
    private static readonly ImmutableArray<OrderStatus> AtWork = [OrderStatus.Dispatched, OrderStatus.Acknowledged, OrderStatus.Arrived];

    private static readonly FrozenDictionary<OrderVerb, Transition> Table = new Dictionary<OrderVerb, Transition>
    {
        [OrderVerb.Acknowledge] = new([OrderStatus.Dispatched], OrderStatus.Acknowledged),
        [OrderVerb.Arrive] = new([OrderStatus.Dispatched, OrderStatus.Acknowledged], OrderStatus.Arrived),
        [OrderVerb.Resolve] = new(AtWork, OrderStatus.Resolved),
        [OrderVerb.Verify] = new([OrderStatus.Resolved], OrderStatus.Verified),
        [OrderVerb.Close] = new([.. AtWork, OrderStatus.Resolved, OrderStatus.Verified, OrderStatus.Suspended], OrderStatus.Closed, OrderOperation.Closed),
        [OrderVerb.Reopen] = new([OrderStatus.Resolved, OrderStatus.Verified, OrderStatus.Closed], OrderStatus.Dispatched),
        [OrderVerb.Return] = new(AtWork, OrderStatus.Returned),
        [OrderVerb.Suspend] = new(AtWork, OrderStatus.Suspended),
        [OrderVerb.Resume] = new([OrderStatus.Suspended], null),
        [OrderVerb.Extend] = new([.. AtWork, OrderStatus.Suspended], null),
        [OrderVerb.Reassign] = new(AtWork, OrderStatus.Dispatched),
        [OrderVerb.Cancel] = new([.. AtWork, OrderStatus.Suspended], OrderStatus.Cancelled, OrderOperation.Cancelled),
    }.ToFrozenDictionary();

    /// <summary>What a verb makes of an order.</summary>
    public static OrderDecision Decide(WorkOrder order, OrderVerb verb)
    {
        Transition transition = Table[verb];
        if (!transition.From.Contains(order.Status))
            return new OrderDecision(order.Status, order.Operation, Refusal(order.Status, verb, transition.From));
        OrderStatus next = transition.To ?? (verb == OrderVerb.Resume ? order.SuspendedFrom : order.Status);
        return new OrderDecision(next, transition.Operation, null);
    }

    /// <summary>The statuses in which a verb is possible.</summary>
    public static ImmutableArray<OrderStatus> PossibleWhile(OrderVerb verb) => Table[verb].From;

    /// <summary>The word of a verb: <c>acknowledge</c>, …</summary>
    public static string Word(OrderVerb verb) => verb.ToString().ToLowerInvariant();

    private static string Refusal(OrderStatus status, OrderVerb verb, ImmutableArray<OrderStatus> from) =>
        $"the order is {OrderDocument.Word(status)}; {Word(verb)} is possible while it is {string.Join(", ", from.Select(OrderDocument.Word))}";

    private sealed record Transition(ImmutableArray<OrderStatus> From, OrderStatus? To, OrderOperation Operation = OrderOperation.Updated);
}
