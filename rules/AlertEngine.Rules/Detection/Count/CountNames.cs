using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Count;

/// <summary>The name of a count: <c>count.value</c>.</summary>
public static class CountNames
{
    /// <summary>The slot of <c>count.value</c>: the matches in the window.</summary>
    public const int ValueSlot = 0;

    /// <summary>The record.</summary>
    public static CelRecordType Record { get; } = new("count", FrameRecords.Detector, [new CelField("value", CelType.Int, ValueSlot)]);
}
