namespace AlertEngine.Engine.Evaluate;

/// <summary>An alert of a district that a rule of the city has taken: the order that comes of it is the parent of that alert's orders.</summary>
/// <param name="District">The district.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="OrderId">Its first work order, as the district knew it; null where it had none of its own.</param>
/// <param name="AtTicks">When it opened, in event time.</param>
public readonly record struct ChildAlert(string District, string AlertId, string? OrderId, long AtTicks)
{
    /// <summary>More alerts than this behind one order are a flood, and nobody reads their names.</summary>
    public const int Limit = 32;
}
