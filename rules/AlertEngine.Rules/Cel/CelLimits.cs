namespace AlertEngine.Rules.Cel;

/// <summary>The limits on expressions, at load and at evaluation. Hostile input meets an error, never a hang or an overflow of the stack. Immutable.</summary>
public sealed record CelLimits
{
    /// <summary>The usual limits.</summary>
    public static CelLimits Default { get; } = new();

    /// <summary>The longest source, in UTF-16 units. Default 65,536.</summary>
    public int SourceLength { get; init; } = 65_536;

    /// <summary>The deepest nesting of a source, and of the tree that checking makes of it. Default 200.</summary>
    public int Depth { get; init; } = 200;

    /// <summary>The most nodes of the checked tree, macros of the rule file substituted. Default 20,000.</summary>
    public int Nodes { get; init; } = 20_000;

    /// <summary>The highest estimated cost: nodes, each times the sizes of the loops around it. Default 10,000,000.</summary>
    public long Cost { get; init; } = 10_000_000;

    /// <summary>The size that the estimate assumes for a list or map whose size is not known at load. Default 100.</summary>
    public int AssumedSize { get; init; } = 100;
}
