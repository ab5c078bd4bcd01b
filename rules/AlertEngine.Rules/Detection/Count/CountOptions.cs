using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using NodaTime;

namespace AlertEngine.Rules.Detection.Count;

/// <summary>What a <c>count</c> block says.</summary>
/// <param name="AtLeast">Fires at so many matches in the window.</param>
/// <param name="Window">The window's length; a tumbling one divides 24 h.</param>
public sealed record CountOptions(NumberOperand AtLeast, DurationOperand Window)
{
    /// <summary>What counts; null: every event.</summary>
    public CelCondition? When { get; init; }

    /// <summary>Sliding or tumbling.</summary>
    public WindowKind WindowKind { get; init; }

    /// <summary>Clears below so many; null: below <see cref="AtLeast"/>.</summary>
    public NumberOperand? ClearBelow { get; init; }

    /// <summary>How many matches are kept; the count stays there. Not less than <see cref="AtLeast"/> can be.</summary>
    public int Keep { get; init; } = WindowLimits.DefaultKeep;

    /// <summary>The city's zone, for tumbling windows.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
}
