using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Change;

/// <summary>How a change is measured.</summary>
public enum ChangeMeasure
{
    /// <summary>The difference.</summary>
    Delta = 0,

    /// <summary>The difference per hour that really elapsed.</summary>
    Rate,

    /// <summary>The difference in percent of the value before; none where that is 0.</summary>
    Percent,
}

/// <summary>What a <c>change</c> block says.</summary>
/// <param name="Of">The number that changes.</param>
/// <param name="As">How the change is measured.</param>
/// <param name="Over">How far back it is compared.</param>
/// <param name="When">Fires when true of <c>change.value</c>.</param>
public sealed record ChangeOptions(CelFunction Of, ChangeMeasure As, DurationOperand Over, CelCondition When)
{
    /// <summary>How much older than <see cref="Over"/> the sample may be; null: a tenth of it.</summary>
    public DurationOperand? Tolerance { get; init; }

    /// <summary>What clears; null: <see cref="When"/> seen false.</summary>
    public ClearOptions? Clear { get; init; }

    /// <summary>Whether <see cref="Of"/> is an integer.</summary>
    public bool IsInteger { get; init; }
}
