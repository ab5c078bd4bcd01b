using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;
using NodaTime;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>How a baseline is learned.</summary>
public enum BaselineMethod
{
    /// <summary>One level, older samples weighing less.</summary>
    Ewma = 0,

    /// <summary>A level for each part of the day or week, older samples weighing less.</summary>
    Seasonal,

    /// <summary>The median of recent samples, and the median distance from it.</summary>
    Mad,
}

/// <summary>What a <c>baseline</c> block says.</summary>
/// <param name="Of">The number that is watched.</param>
/// <param name="Method">How its baseline is learned.</param>
/// <param name="Warmup">From a key's first sample on: so long it is only learned from.</param>
/// <param name="When">Fires when true of <c>baseline.score</c>.</param>
public sealed record BaselineOptions(CelFunction Of, BaselineMethod Method, DurationOperand Warmup, CelCondition When)
{
    /// <summary>How many buckets a season may have: a week of five minutes.</summary>
    public const int BucketLimit = 2_016;

    /// <summary>How many samples <see cref="BaselineMethod.Mad"/> looks at.</summary>
    public const int SampleLimit = 1_000;

    /// <summary>After so long a sample weighs half. For <see cref="BaselineMethod.Mad"/>, half the time that is looked back.</summary>
    public Duration HalfLife { get; init; } = Duration.FromDays(7);

    /// <summary>A day or a week (or what divides them), from local midnight, weeks from Monday. Seasonal only.</summary>
    public Duration Season { get; init; } = Duration.FromDays(1);

    /// <summary>The part of a season that has a level of its own; it divides the season. Seasonal only.</summary>
    public Duration Bucket { get; init; } = Duration.FromHours(1);

    /// <summary>What clears; null: <see cref="When"/> seen false.</summary>
    public ClearOptions? Clear { get; init; }

    /// <summary>The city's zone, for seasons.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
}
