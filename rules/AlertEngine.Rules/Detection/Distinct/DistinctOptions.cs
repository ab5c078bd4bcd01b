using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using NodaTime;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>What a <c>distinct</c> block says.</summary>
/// <param name="Of">Whose values are told apart: a scalar.</param>
/// <param name="AtLeast">Fires at so many different values in the window.</param>
/// <param name="Window">The window's length; a tumbling one divides 24 h.</param>
public sealed record DistinctOptions(CelFunction Of, NumberOperand AtLeast, DurationOperand Window)
{
    /// <summary>What is looked at; null: every event.</summary>
    public CelCondition? When { get; init; }

    /// <summary>Sliding or tumbling.</summary>
    public WindowKind WindowKind { get; init; }

    /// <summary>Clears below so many; null: below <see cref="AtLeast"/>.</summary>
    public NumberOperand? ClearBelow { get; init; }

    /// <summary>How many values are kept; the count is exact up to there, and stays there.</summary>
    public int Keep { get; init; } = WindowLimits.DefaultKeep;

    /// <summary>The city's zone, for tumbling windows.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
}
