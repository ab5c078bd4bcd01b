using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Operands;

/// <summary>
/// A number that a rule states, of things or of a measure: a constant, or an expression over <c>params</c>, read from the frame when it is
/// needed. Immutable. The default value is no number at all: reading it fails.
/// </summary>
public readonly struct NumberOperand
{
    private readonly CelValue _constant;
    private readonly CelFunction? _expression;

    private NumberOperand(CelValue constant, CelFunction? expression)
    {
        _constant = constant;
        _expression = expression;
    }

    /// <summary>A constant number of things.</summary>
    public static implicit operator NumberOperand(long constant) => new(CelValue.Of(constant), null);

    /// <summary>A constant measure.</summary>
    public static implicit operator NumberOperand(double constant) => new(CelValue.Of(constant), null);

    /// <summary>An expression whose value is a number.</summary>
    public static NumberOperand Of(CelFunction expression) => new(default, expression);

    /// <summary>Reads it as a number of things.</summary>
    /// <returns>False where it is no integer.</returns>
    public bool TryRead(CelFrame frame, out long count)
    {
        CelValue read = Read(frame);
        count = read.AsInt;
        return read.IsInt;
    }

    /// <summary>Reads it as a measure.</summary>
    /// <returns>False where it is no finite number.</returns>
    public bool TryRead(CelFrame frame, out double measure) => Numbers.TryRead(Read(frame), out measure);

    private CelValue Read(CelFrame frame) => _expression is null ? _constant : _expression(frame);
}
