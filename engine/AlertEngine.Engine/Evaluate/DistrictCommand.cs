namespace AlertEngine.Engine.Evaluate;

/// <summary>A command or feedback that a district takes: who wants what, and why. Immutable. A selector that is null selects all.</summary>
/// <param name="Id">The command's own id: the same id a second time changes nothing.</param>
/// <param name="AtTicks">When it was given; on the event clock, when it takes effect.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why.</param>
public abstract record DistrictCommand(string Id, long AtTicks, string Actor, string Reason)
{
    /// <summary>Only what belongs to this rule.</summary>
    public string? RuleId { get; init; }

    /// <summary>Only what belongs to this key.</summary>
    public string? Key { get; init; }

    /// <summary>When it is to take effect; null: as soon as it comes. On the event clock <see cref="AtTicks"/> says it already.</summary>
    public long? EffectiveAtTicks { get; init; }

    /// <summary>Until when: the end of a silence, exclusive, or the deadline that an extension sets.</summary>
    public long? UntilTicks { get; init; }

    /// <summary>The command's word: <c>acknowledge</c>, <c>silence</c>, …</summary>
    public abstract string Word { get; }
}
