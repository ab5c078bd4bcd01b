using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>The name of a distinct count: <c>distinct.count</c>.</summary>
public static class DistinctNames
{
    /// <summary>The slot of <c>distinct.count</c>: the different values in the window.</summary>
    public const int CountSlot = 0;

    /// <summary>The record.</summary>
    public static CelRecordType Record { get; } = new("distinct", FrameRecords.Detector, [new CelField("count", CelType.Int, CountSlot)]);
}
