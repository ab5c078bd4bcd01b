using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using NodaTime;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>What an <c>aggregate</c> block says.</summary>
/// <param name="Of">The number that is aggregated.</param>
/// <param name="Function">How.</param>
/// <param name="Window">The window's length; a tumbling one divides 24 h.</param>
/// <param name="When">Fires when true of <c>aggregate.value</c>.</param>
public sealed record AggregateOptions(CelFunction Of, AggregateFunction Function, DurationOperand Window, CelCondition When)
{
    /// <summary>Sliding: asked at each event. Tumbling: at the end of each window.</summary>
    public WindowKind WindowKind { get; init; }

    /// <summary>Fewer samples have no value. 1 by default.</summary>
    public NumberOperand MinSamples { get; init; } = 1;

    /// <summary>What clears; null: <see cref="When"/> seen false.</summary>
    public ClearOptions? Clear { get; init; }

    /// <summary>Whether <see cref="Of"/> is an integer.</summary>
    public bool IsInteger { get; init; }

    /// <summary>The city's zone, for tumbling windows.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
}
