using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Hold;

/// <summary>What a <c>hold</c> block says.</summary>
/// <param name="When">What must hold.</param>
/// <param name="For">How long.</param>
public sealed record HoldOptions(CelCondition When, DurationOperand For)
{
    /// <summary>A silence longer than this breaks what is pending, never what fires; null: silence breaks nothing.</summary>
    public DurationOperand? Gap { get; init; }

    /// <summary>What clears; null: <see cref="When"/> seen false.</summary>
    public ClearOptions? Clear { get; init; }

    /// <summary>What is kept of the samples from t₀ on. At most <see cref="TrackLimit"/>.</summary>
    public ImmutableArray<TrackOptions> Track { get; init; } = [];

    /// <summary>How many values a hold may track.</summary>
    public const int TrackLimit = 16;
}
