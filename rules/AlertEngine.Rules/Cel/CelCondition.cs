namespace AlertEngine.Rules.Cel;

/// <summary>A compiled question to a frame. Never throws, never allocates for booleans, numbers and comparisons of texts.</summary>
public delegate bool CelTest(CelFrame frame);

/// <summary>A compiled expression of any type. An error is a value of kind <see cref="CelKind.Error"/>, never an exception.</summary>
public delegate CelValue CelFunction(CelFrame frame);

/// <summary>
/// A boolean expression as two plain functions. Where evaluation meets an error both answer no: the condition is
/// <em>not true and not false</em>, which is CEL's semantics without exceptions.
/// </summary>
public sealed class CelCondition
{
    /// <summary>A condition from its two functions.</summary>
    public CelCondition(CelTest isTrue, CelTest isFalse)
    {
        IsTrue = isTrue;
        IsFalse = isFalse;
    }

    /// <summary>Whether the expression is true.</summary>
    public CelTest IsTrue { get; }

    /// <summary>Whether the expression is false.</summary>
    public CelTest IsFalse { get; }
}
