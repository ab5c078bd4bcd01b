namespace AlertEngine.Rules.Cel;

/// <summary>A value that needs an object of its own: a list, a map, bytes, a type, an optional, an error, or something of an extension. Immutable.</summary>
public abstract class CelObject
{
    private protected CelObject(CelKind kind) => Kind = kind;

    /// <summary>What the object is.</summary>
    public CelKind Kind { get; }
}

/// <summary>
/// A value of an extension, opaque to the language: it has a type, equality and, where the extension says so, members.
/// Derived classes are immutable and implement <see cref="object.Equals(object)"/>.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("ApiDesign", "RS0022", Justification = "Opaque values are the one kind that embedders add.")]
public abstract class CelOpaque() : CelObject(CelKind.Opaque)
{
    /// <summary>The type that <c>type(x)</c> gives.</summary>
    public abstract CelType Type { get; }
}
