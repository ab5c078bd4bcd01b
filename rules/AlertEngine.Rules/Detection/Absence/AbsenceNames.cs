using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Absence;

/// <summary>The names of an absence: <c>absence.elapsed</c> and <c>absence.member</c>.</summary>
public static class AbsenceNames
{
    /// <summary>The slot of <c>absence.elapsed</c>: since the member's last event, or since the rule began.</summary>
    public const int ElapsedSlot = 0;

    /// <summary>The slot of <c>absence.member</c>: the key that is silent.</summary>
    public const int MemberSlot = 1;

    /// <summary>The record.</summary>
    public static CelRecordType Record { get; } = new(
        "absence",
        FrameRecords.Detector,
        [new CelField("elapsed", CelType.Duration, ElapsedSlot), new CelField("member", CelType.String, MemberSlot)]);
}
