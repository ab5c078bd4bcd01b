using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Hold;

/// <summary>The names of a hold: <c>hold.elapsed</c> and what it tracks.</summary>
public static class HoldNames
{
    /// <summary>The slot of <c>hold.elapsed</c>: the time since t₀.</summary>
    public const int ElapsedSlot = 0;

    /// <summary>The slot of the first tracked value; the others follow in their order.</summary>
    public const int FirstTrackSlot = 1;

    /// <summary>The record for a block that tracks these.</summary>
    public static CelRecordType For(ImmutableArray<TrackOptions> tracks) =>
        For([.. tracks.Select(track => (track.Name, track.Type))]);

    /// <summary>The record for a block that tracks values of these names and types, for a compiler that has no expressions yet.</summary>
    public static CelRecordType For(ImmutableArray<(string Name, CelType Type)> tracks) => new(
        "hold",
        FrameRecords.Detector,
        tracks
            .Select((track, index) => new CelField(track.Name, track.Type, FirstTrackSlot + index, IsOptional: false))
            .Prepend(new CelField("elapsed", CelType.Duration, ElapsedSlot)));
}
