using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>Where an order is in its life (DOMAIN §5). Detected, filed and suppressed are states of the alert before there is an order.</summary>
public enum OrderStatus
{
    /// <summary>Sent to its units.</summary>
    Dispatched = 0,

    /// <summary>The lead has taken it.</summary>
    Acknowledged,

    /// <summary>Somebody is on the spot.</summary>
    Arrived,

    /// <summary>Dealt with.</summary>
    Resolved,

    /// <summary>Found to be dealt with.</summary>
    Verified,

    /// <summary>Ended by feedback.</summary>
    Closed,

    /// <summary>Sent back by its lead.</summary>
    Returned,

    /// <summary>Put on hold (挂账).</summary>
    Suspended,

    /// <summary>Withdrawn.</summary>
    Cancelled,
}

/// <summary>What a revision of an order is: the type of its message.</summary>
public enum OrderOperation
{
    /// <summary>The first message.</summary>
    Dispatched = 0,

    /// <summary>Something changed.</summary>
    Updated,

    /// <summary>It moved to a higher command level (提级).</summary>
    Escalated,

    /// <summary>Another incident joined it (并案).</summary>
    Merged,

    /// <summary>It was withdrawn.</summary>
    Cancelled,

    /// <summary>It was ended.</summary>
    Closed,
}

/// <summary>Until when what has to be done; null where the SLA sets no limit.</summary>
public sealed record OrderDeadlines(long? AcknowledgeByTicks, long? ArriveByTicks, long? ResolveByTicks, SlaPlan? Plan, string? CalendarVersion)
{
    /// <summary>No limits.</summary>
    public static OrderDeadlines None { get; } = new(null, null, null, null, null);
}

/// <summary>The command that made a revision.</summary>
/// <param name="CommandId">Its id.</param>
/// <param name="Verb">What was wanted.</param>
/// <param name="Actor">Who gave it.</param>
/// <param name="Reason">Why.</param>
/// <param name="AtTicks">When it took effect, on people's time.</param>
/// <param name="Unit">The unit on whose behalf; null: the lead.</param>
public sealed record OrderFeedback(string CommandId, OrderVerb Verb, string Actor, string Reason, long AtTicks, string? Unit);

/// <summary>
/// A work order: one route of one alert. Immutable; the book replaces it. Its id is that of alert, route and episode; what changes makes a new
/// revision, never a second order. Instants are ticks of 100 ns since the Unix epoch, on people's time unless said otherwise.
/// </summary>
public sealed record WorkOrder
{
    /// <summary>Deterministic: see <see cref="AlertId.OfOrder"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The alert as it was at the last revision: title, place, evidence and conditions are its.</summary>
    public required Alert Alert { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Revision { get; init; }

    /// <summary>What the last revision was.</summary>
    public required OrderOperation Operation { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>The lead unit (主办): the order's route.</summary>
    public required string Lead { get; init; }

    /// <summary>The co-handling units (协办).</summary>
    public required ImmutableArray<string> CoHandlers { get; init; }

    /// <summary>Why it went this way: the route that was taken and those that were not.</summary>
    public required string RouteReason { get; init; }

    /// <summary>Which dispatch it is after returns, from 1.</summary>
    public int Episode { get; init; } = 1;

    /// <summary>The command level.</summary>
    public required string CommandLevel { get; init; }

    /// <summary>The unit that holds the level it has moved up to, by the duty roster; null before, and where nobody is named.</summary>
    public string? CommandUnit { get; init; }

    /// <summary>The escalation steps taken since the dispatch or the last reopening: bit i for step i.</summary>
    public uint EscalationsTaken { get; init; }

    /// <summary>How often it escalated, over its whole life.</summary>
    public int EscalationSequence { get; init; }

    /// <summary>Why it last escalated; null before.</summary>
    public string? EscalationReason { get; init; }

    /// <summary>When the escalation clock started: dispatch, or the last reopening.</summary>
    public required long EscalationStartTicks { get; init; }

    /// <summary>When the present lead got it: dispatch, reassignment or the last reopening, moved by holds.</summary>
    public required long HandedOverTicks { get; init; }

    /// <summary>When the place (rule and key) opened, oldest first, as far as the rule's steps look back; empty where none does.</summary>
    public ImmutableArray<long> OpeningsTicks { get; init; } = [];

    /// <summary>When the next escalation step is due; null where none is to come.</summary>
    public long? NextEscalationTicks { get; init; }

    /// <summary>The limits.</summary>
    public OrderDeadlines Deadlines { get; init; } = OrderDeadlines.None;

    /// <summary>How far each unit is that gets it.</summary>
    public ImmutableArray<OrderDelivery> Deliveries { get; init; } = [];

    /// <summary>The units that returned it in earlier episodes.</summary>
    public ImmutableArray<string> ReturnedBy { get; init; } = [];

    /// <summary>Where it was in its life when it was put on hold.</summary>
    public OrderStatus SuspendedFrom { get; init; }

    /// <summary>When it was put on hold; null while it is not.</summary>
    public long? SuspendedAtTicks { get; init; }

    /// <summary>The city's order that it belongs to; null where there is none.</summary>
    public string? ParentId { get; init; }

    /// <summary>The last command that changed it; null before.</summary>
    public OrderFeedback? LastCommand { get; init; }

    /// <summary>When it was dispatched.</summary>
    public required long DispatchedAtTicks { get; init; }

    /// <summary>When this revision was made.</summary>
    public required long RevisedAtTicks { get; init; }

    /// <summary>Until when it is kept once it has ended; null while it is open.</summary>
    public long? KeptUntilTicks { get; init; }

    /// <summary>Whether feedback may still change it.</summary>
    public bool IsOpen => Status is not (OrderStatus.Closed or OrderStatus.Cancelled or OrderStatus.Returned);
}
