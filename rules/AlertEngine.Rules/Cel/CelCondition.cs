namespace AlertEngine.Rules.Cel;

/// <summary>A compiled question to a frame. Never throws, never allocates for booleans, numbers and comparisons of texts.</summary>
public delegate bool CelTest(CelFrame frame);

/// <summary>A compiled expression of any type. An error is a value of kind <see cref="CelKind.Error"/>, never an exception.</summary>
public delegate CelValue CelFunction(CelFrame frame);

/// <summary>
/// A boolean expression as two plain functions. Where evaluation meets an error both answer no: the condition is
/// <em>not true and not false</em>, which is CEL's semantics without exceptions. Thread-safe.
/// </summary>
public sealed class CelCondition
{
    private readonly Lazy<CelTest> _isTrue;
    private readonly Lazy<CelTest> _isFalse;

    /// <summary>A condition from its two functions.</summary>
    public CelCondition(CelTest isTrue, CelTest isFalse)
    {
        _isTrue = new(isTrue);
        _isFalse = new(isFalse);
    }

    // Most rules never ask whether their condition is false: that half is compiled when it is first wanted.
    internal CelCondition(Func<CelTest> makeTrue, Func<CelTest> makeFalse)
    {
        _isTrue = new(makeTrue);
        _isFalse = new(makeFalse);
    }

    /// <summary>Whether the expression is true. Keep the delegate: the property compiles it at first use.</summary>
    public CelTest IsTrue => _isTrue.Value;

    /// <summary>Whether the expression is false. Keep the delegate: the property compiles it at first use.</summary>
    public CelTest IsFalse => _isFalse.Value;
}
