namespace AlertEngine.Rules.Cel;

/// <summary>An optional value (the optionals extension): one value, or none. Immutable.</summary>
public sealed class CelOptional : CelObject
{
    internal static readonly CelOptional None = new(default);

    internal CelOptional(CelValue value)
        : base(CelKind.Optional) => Value = value;

    /// <summary>Whether a value is there.</summary>
    public bool HasValue => Value.IsPresent;

    /// <summary>The value; <see cref="CelKind.Missing"/> where there is none.</summary>
    public CelValue Value { get; }
}
