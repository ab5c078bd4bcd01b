using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Each;

/// <summary>What an <c>each</c> block says. Exactly one of <see cref="Clear"/>, <see cref="Quiet"/> and <see cref="IsOnce"/> is set.</summary>
/// <param name="When">Fires when true.</param>
public sealed record EachOptions(CelCondition When)
{
    /// <summary>Clears on a condition.</summary>
    public ClearOptions? Clear { get; init; }

    /// <summary>Clears after no match for so long.</summary>
    public DurationOperand? Quiet { get; init; }

    /// <summary>A single shot.</summary>
    public bool IsOnce { get; init; }
}
