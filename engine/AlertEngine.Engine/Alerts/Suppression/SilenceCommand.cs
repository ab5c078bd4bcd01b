using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>Begins a silence, which always has an end, or ends those that the selectors fit.</summary>
/// <param name="Id">The command's own id.</param>
/// <param name="IsEnding">Whether silences are ended by it.</param>
/// <param name="AtTicks">When it was given; on the event clock, when it takes effect.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why.</param>
public sealed record SilenceCommand(string Id, bool IsEnding, long AtTicks, string Actor, string Reason)
    : DistrictCommand(Id, AtTicks, Actor, Reason)
{
    /// <summary>Only alerts of this district.</summary>
    public string? District { get; init; }

    /// <summary>Only alerts whose rule has an event class of this code; the rule's id where it names none.</summary>
    public string? EventClass { get; init; }

    /// <inheritdoc />
    public override string Word => IsEnding ? "unsilence" : "silence";
}
