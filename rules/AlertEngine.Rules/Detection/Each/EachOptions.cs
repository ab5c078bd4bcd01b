using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Each;

/// <summary>What an <c>each</c> block says. One of <see cref="Clear"/>, <see cref="Quiet"/>, <see cref="Expires"/> and <see cref="IsOnce"/> is set; Clear without a wait and Expires may be together.</summary>
/// <param name="When">Fires when true.</param>
public sealed record EachOptions(CelCondition When)
{
    /// <summary>Clears on a condition.</summary>
    public ClearOptions? Clear { get; init; }

    /// <summary>Clears after no match for so long.</summary>
    public DurationOperand? Quiet { get; init; }

    /// <summary>
    /// The instant at which what a match says is over, beside <see cref="Clear"/> or alone: a timestamp. A match without one stands until it is
    /// cleared; the latest match counts.
    /// </summary>
    public CelFunction? Expires { get; init; }

    /// <summary>A single shot.</summary>
    public bool IsOnce { get; init; }
}
