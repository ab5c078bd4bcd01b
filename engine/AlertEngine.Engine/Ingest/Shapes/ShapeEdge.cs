namespace AlertEngine.Engine.Ingest.Shapes;

/// <summary>What follows the fixed bytes of an edge.</summary>
internal enum ValueKind
{
    /// <summary>Nothing: the event ends with the edge.</summary>
    End = 0,

    /// <summary>A text without escapes, up to its quote.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Bool,
}

/// <summary>What a value is for.</summary>
internal enum ValueRole
{
    /// <summary>The value of a member of data, whose meaning depends on the type.</summary>
    Field = 0,

    /// <summary>A context attribute.</summary>
    Attribute,

    /// <summary>The first coordinate of the location.</summary>
    Longitude,

    /// <summary>The second.</summary>
    Latitude,

    /// <summary>The street that the location names.</summary>
    LocationStreet,

    /// <summary>CAP's status.</summary>
    Status,

    /// <summary>Nothing that is known: part of an attribute of somebody else.</summary>
    Ignored,
}

/// <summary>
/// Bytes that were met exactly so, and the kind of value behind them. <see cref="DataFrom"/> and <see cref="DataUntil"/> are places in
/// the literal where data begins and ends, −1 where they are elsewhere.
/// </summary>
internal sealed record ShapeStep(byte[] Literal, ValueKind Kind, ValueRole Role, AttributeName Attribute, int DataFrom, int DataUntil, bool IsGcj02)
{
    internal bool IsSameAs(ShapeStep other) =>
        Kind == other.Kind && Role == other.Role && Attribute == other.Attribute && DataFrom == other.DataFrom && DataUntil == other.DataUntil
        && IsGcj02 == other.IsGcj02 && Literal.AsSpan().SequenceEqual(other.Literal);
}

/// <summary>A step in the tree of known shapes, with what may follow it and what may stand in its place.</summary>
internal sealed class ShapeEdge(int number, ShapeStep step)
{
    internal int Number { get; } = number;

    internal ShapeStep Step { get; } = step;

    internal byte[] Literal { get; } = step.Literal;

    internal ValueKind Kind { get; } = step.Kind;

    internal ValueRole Role { get; } = step.Role;

    internal ShapeEdge? FirstNext { get; set; }

    internal ShapeEdge? Sibling { get; set; }
}
