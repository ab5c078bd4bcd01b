using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Correlate;

/// <summary>The names of a correlation: <c>correlate.kinds</c>, <c>correlate.members</c> and <c>correlate.first</c>.</summary>
public static class CorrelateNames
{
    /// <summary>The slot of <c>correlate.kinds</c>: how many different kinds of members there are.</summary>
    public const int KindsSlot = 0;

    /// <summary>The slot of <c>correlate.members</c>: how many members there are.</summary>
    public const int MembersSlot = 1;

    /// <summary>The slot of <c>correlate.first</c>: the id of the first member's event.</summary>
    public const int FirstSlot = 2;

    /// <summary>The record.</summary>
    public static CelRecordType Record { get; } = new(
        "correlate",
        FrameRecords.Detector,
        [
            new CelField("kinds", CelType.Int, KindsSlot),
            new CelField("members", CelType.Int, MembersSlot),
            new CelField("first", CelType.String, FirstSlot),
        ]);
}
