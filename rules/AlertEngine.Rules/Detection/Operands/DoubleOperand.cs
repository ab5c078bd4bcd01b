using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Operands;

/// <summary>
/// A measure that a rule states: a constant, or an expression over <c>params</c>, read from the frame when it is needed.
/// Immutable. The default value is the constant zero.
/// </summary>
public readonly struct DoubleOperand
{
    private readonly double _constant;
    private readonly CelFunction? _expression;

    private DoubleOperand(double constant, CelFunction? expression)
    {
        _constant = constant;
        _expression = expression;
    }

    /// <summary>A constant.</summary>
    public static implicit operator DoubleOperand(double constant) => new(constant, null);

    /// <summary>An expression whose value is a number.</summary>
    public static DoubleOperand Of(CelFunction expression) => new(0, expression);

    /// <summary>Reads it.</summary>
    /// <returns>False where the expression gives no finite number.</returns>
    public bool TryRead(CelFrame frame, out double value)
    {
        value = _constant;
        return _expression is null || Numbers.TryRead(_expression(frame), out value);
    }
}
