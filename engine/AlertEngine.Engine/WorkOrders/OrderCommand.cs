namespace AlertEngine.Engine.WorkOrders;

/// <summary>What people may do to an order (DOMAIN §5, §6).</summary>
public enum OrderVerb
{
    /// <summary>The lead takes it.</summary>
    Acknowledge = 0,

    /// <summary>Somebody is on the spot.</summary>
    Arrive,

    /// <summary>It is dealt with.</summary>
    Resolve,

    /// <summary>Somebody else found it dealt with.</summary>
    Verify,

    /// <summary>It is ended.</summary>
    Close,

    /// <summary>It was not dealt with after all: the work begins again.</summary>
    Reopen,

    /// <summary>The lead sends it back: it is routed again without that unit.</summary>
    Return,

    /// <summary>It is put on hold (挂账): its clocks stand still.</summary>
    Suspend,

    /// <summary>The hold ends.</summary>
    Resume,

    /// <summary>Its deadline is put off (延期).</summary>
    Extend,

    /// <summary>Another unit gets it.</summary>
    Reassign,

    /// <summary>It is withdrawn.</summary>
    Cancel,
}

/// <summary>A command or feedback: who wants what of which orders, and why. Immutable. A selector that is null selects all.</summary>
/// <param name="Id">The command's own id: the same id a second time changes nothing.</param>
/// <param name="Verb">What is wanted.</param>
/// <param name="AtTicks">When it was given; on the event clock, when it takes effect.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why.</param>
public sealed record OrderCommand(string Id, OrderVerb Verb, long AtTicks, string Actor, string Reason)
{
    /// <summary>Orders of alerts of this rule.</summary>
    public string? RuleId { get; init; }

    /// <summary>Orders of alerts of this key.</summary>
    public string? Key { get; init; }

    /// <summary>The order of this id, or the orders led by this unit.</summary>
    public string? Order { get; init; }

    /// <summary>The deadline that an extension sets.</summary>
    public long? UntilTicks { get; init; }

    /// <summary>The unit that an order is reassigned to.</summary>
    public string? ToUnit { get; init; }

    /// <summary>Whether the selectors mean an order.</summary>
    public bool Selects(WorkOrder order) =>
        (RuleId is null || RuleId == order.Alert.RuleId)
        && (Key is null || Key == order.Alert.Key)
        && (Order is null || Order == order.Id || Order == order.Lead);
}
