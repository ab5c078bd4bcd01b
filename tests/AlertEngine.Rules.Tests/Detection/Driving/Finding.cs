using AlertEngine.Rules.Detection;

namespace AlertEngine.Rules.Tests.Detection.Driving;

/// <summary>What was detected, at whole seconds, with the detector's own names as they were in the frame.</summary>
internal sealed record Finding(int At, DetectedKind Kind, string Key, string Instance = "", ClearReason Reason = ClearReason.Cleared)
{
    public string? OpenerId { get; init; }

    public int Contributions { get; init; } = 1;

    public AlertEngine.Rules.Cel.CelValue[] Names { get; init; } = [];

    public AlertEngine.Rules.Cel.CelValue[][] Steps { get; init; } = [];

    /// <summary>What differential tests compare: changes, not updates.</summary>
    public bool IsChange => Kind != DetectedKind.Updated;

    public override string ToString() =>
        $"{At}s {Kind} {Key}{(Instance.Length > 0 ? $"[{Instance}]" : "")}{(Kind == DetectedKind.Cleared ? $" {Reason}" : "")}";
}
