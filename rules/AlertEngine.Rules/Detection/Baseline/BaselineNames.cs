using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>The names of a baseline: <c>baseline.score</c> and <c>baseline.expected</c>.</summary>
public static class BaselineNames
{
    /// <summary>The slot of <c>baseline.score</c>: the distance from what was expected, up or down, in robust standard deviations; missing while too little is known.</summary>
    public const int ScoreSlot = 0;

    /// <summary>The slot of <c>baseline.expected</c>: missing likewise.</summary>
    public const int ExpectedSlot = 1;

    /// <summary>The record.</summary>
    public static CelRecordType Record { get; } = new(
        "baseline",
        FrameRecords.Detector,
        [new CelField("score", CelType.Double, ScoreSlot), new CelField("expected", CelType.Double, ExpectedSlot)]);
}
