using AlertEngine.Engine.Evaluate;

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

/// <summary>A command or feedback about orders. Immutable.</summary>
/// <param name="Id">The command's own id.</param>
/// <param name="Verb">What is wanted.</param>
/// <param name="AtTicks">When it was given; on the event clock, when it takes effect.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why.</param>
public sealed record OrderCommand(string Id, OrderVerb Verb, long AtTicks, string Actor, string Reason) : DistrictCommand(Id, AtTicks, Actor, Reason)
{
    /// <summary>The order of this id, or the orders led by this unit.</summary>
    public string? Order { get; init; }

    /// <summary>
    /// The unit on whose behalf it is given. One that does not lead the order reports for itself alone; null: the lead, or somebody above it.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>The unit that an order is reassigned to.</summary>
    public string? ToUnit { get; init; }

    /// <summary>
    /// Whether it is the centre's about an order that has risen to it, and several districts are asked: whose it is takes it, the others say nothing.
    /// </summary>
    public bool IsForOwner { get; init; }

    /// <inheritdoc />
    public override string Word => OrderLifecycle.Word(Verb);

    /// <summary>Whether it means what belongs to a rule and a key.</summary>
    public bool SelectsAlert(string ruleId, string key) => (RuleId is null || RuleId == ruleId) && (Key is null || Key == key);

    /// <summary>Whether it means an order of this id or lead.</summary>
    public bool SelectsOrder(WorkOrder order) => Order is null || Order == order.Id || Order == order.Lead;
}
