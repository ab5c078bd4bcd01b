using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Operands;

/// <summary>
/// A number of things that a rule states: a constant, or an expression over <c>params</c>, read from the frame when it is needed.
/// Immutable. The default value is the constant zero.
/// </summary>
public readonly struct IntOperand
{
    private readonly long _constant;
    private readonly CelFunction? _expression;

    private IntOperand(long constant, CelFunction? expression)
    {
        _constant = constant;
        _expression = expression;
    }

    /// <summary>A constant.</summary>
    public static implicit operator IntOperand(long constant) => new(constant, null);

    /// <summary>An expression whose value is an integer.</summary>
    public static IntOperand Of(CelFunction expression) => new(0, expression);

    /// <summary>Reads it.</summary>
    /// <returns>False where the expression gives no integer.</returns>
    public bool TryRead(CelFrame frame, out long value)
    {
        value = _constant;
        if (_expression is null)
            return true;
        CelValue read = _expression(frame);
        value = read.AsInt;
        return read.IsInt;
    }
}
