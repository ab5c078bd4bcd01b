namespace AlertEngine.Rules.Cel;

/// <summary>A value that needs an object of its own: a list, a map, bytes, a type, an optional, an error. Immutable.</summary>
public abstract class CelObject
{
    private protected CelObject(CelKind kind) => Kind = kind;

    /// <summary>What the object is.</summary>
    public CelKind Kind { get; }
}

/// <summary>
/// A value of an extension, opaque to the language: it has a type, equality (<see cref="object.Equals(object)"/>) and, where the
/// environment declares them, members. Implementations are immutable.
/// </summary>
public interface ICelOpaque
{
    /// <summary>The type that <c>type(x)</c> gives.</summary>
    CelType Type { get; }

    /// <summary>The value of a member that the environment declares for the type.</summary>
    /// <param name="name">The member's name.</param>
    CelValue Member(string name);
}
