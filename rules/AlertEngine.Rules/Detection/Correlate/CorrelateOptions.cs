using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Correlate;

/// <summary>What a <c>correlate</c> block says. Its sources are the members in their order.</summary>
/// <param name="AnyOf">The kinds of members. At most <see cref="KindLimit"/>.</param>
/// <param name="AtLeast">Fires at members of so many different kinds.</param>
/// <param name="Within">From the first member, before it fires.</param>
/// <param name="Quiet">Clears after so long without a new member.</param>
public sealed record CorrelateOptions(
    ImmutableArray<CorrelateKind> AnyOf, NumberOperand AtLeast, DurationOperand Within, DurationOperand Quiet)
{
    /// <summary>How many kinds of members there may be: each has a bit of its own.</summary>
    public const int KindLimit = 32;

    /// <summary>How many groups one key may have at once.</summary>
    public const int GroupLimit = 1_000;

    /// <summary>How far from the first member, in meters; null: anywhere.</summary>
    public NumberOperand? Radius { get; init; }

    /// <summary>Where an event is; null: at <c>event.geo</c>. Asked only where there is a radius.</summary>
    public CelFunction? Near { get; init; }
}

/// <summary>A kind of member: the events of its source that match.</summary>
/// <param name="Name">Its name: <c>smoke</c>.</param>
/// <param name="When">What must be true of the event; null: any event of the source.</param>
public sealed record CorrelateKind(string Name, CelCondition? When);
