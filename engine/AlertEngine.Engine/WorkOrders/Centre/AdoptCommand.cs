using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders.Centre;

/// <summary>
/// Tells a district that orders of its belong to an order of the city. The city lane gives it, because no lane writes another's orders; people may
/// as well. Immutable.
/// </summary>
/// <param name="Id">The command's own id.</param>
/// <param name="AtTicks">When it was given.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Reason">Why.</param>
public sealed record AdoptCommand(string Id, long AtTicks, string Actor, string Reason) : DistrictCommand(Id, AtTicks, Actor, Reason)
{
    /// <summary>The command's word.</summary>
    public const string Adopt = "adopt";

    /// <summary>The city's order.</summary>
    public required string ParentId { get; init; }

    /// <summary>The district's alert.</summary>
    public required string AlertId { get; init; }

    /// <summary>An order of it, where one is known: an alert in a group has none of its own.</summary>
    public string? OrderId { get; init; }

    /// <summary>The command level of the city's order: the district's rises to it.</summary>
    public required string Level { get; init; }

    /// <inheritdoc />
    public override string Word => Adopt;
}
