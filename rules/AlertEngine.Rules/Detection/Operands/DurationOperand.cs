using AlertEngine.Rules.Cel;
using NodaTime;

namespace AlertEngine.Rules.Detection.Operands;

/// <summary>
/// A length of time that a rule states: a constant, or an expression over <c>params</c>, read from the frame when it is needed, so that an
/// override for a district is obeyed. Immutable. The default value is the constant zero.
/// </summary>
public readonly struct DurationOperand
{
    /// <summary>The longest time a detector waits or looks back: ten years. What is longer is taken for an error.</summary>
    public const long LimitTicks = 3_660 * NodaConstants.TicksPerDay;

    private readonly long _ticks;
    private readonly CelFunction? _expression;

    private DurationOperand(long ticks, CelFunction? expression)
    {
        _ticks = ticks;
        _expression = expression;
    }

    /// <summary>A constant.</summary>
    public static implicit operator DurationOperand(Duration constant) => Of(constant);

    /// <summary>A constant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or longer than <see cref="LimitTicks"/>.</exception>
    public static DurationOperand Of(Duration constant)
    {
        long ticks = constant.BclCompatibleTicks;
        ArgumentOutOfRangeException.ThrowIfNegative(ticks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticks, LimitTicks);
        return new DurationOperand(ticks, null);
    }

    /// <summary>An expression whose value is a duration.</summary>
    public static DurationOperand Of(CelFunction expression) => new(0, expression);

    /// <summary>Reads it.</summary>
    /// <param name="frame">The frame with <c>params</c> in place.</param>
    /// <param name="ticks">Its length in ticks, 0 to <see cref="LimitTicks"/>.</param>
    /// <returns>False where the expression gives no duration of that range.</returns>
    public bool TryRead(CelFrame frame, out long ticks)
    {
        ticks = _ticks;
        if (_expression is null)
            return true;
        if (_expression(frame).Reference is not Duration duration)
            return false;
        ticks = duration.BclCompatibleTicks;
        return ticks is >= 0 and <= LimitTicks;
    }
}
