using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Engine.Alerts;

/// <summary>The words of the contracts for the engine's values: what stands in messages, in expressions and in tests of rules.</summary>
public static class Words
{
    /// <summary><c>blue</c> to <c>red</c>.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Blue => "blue",
        Severity.Yellow => "yellow",
        Severity.Orange => "orange",
        _ => "red",
    };

    /// <summary>The reasons of RULES §10.</summary>
    public static string Of(ClearReason reason) => reason switch
    {
        ClearReason.BelowThreshold => "below-threshold",
        ClearReason.Quiet => "quiet",
        ClearReason.Inactive => "inactive",
        ClearReason.Expired => "expired",
        _ => "cleared",
    };

    /// <summary><c>actual</c>, <c>exercise</c>, <c>test</c>: CAP's words.</summary>
    public static string Of(EventStatus status) => status switch
    {
        EventStatus.Exercise => "exercise",
        EventStatus.Test => "test",
        _ => "actual",
    };

    /// <summary><c>firing</c>, <c>cleared</c>, <c>shot</c>.</summary>
    public static string Of(AlertStatus status) => status switch
    {
        AlertStatus.Firing => "firing",
        AlertStatus.Cleared => "cleared",
        _ => "shot",
    };

    /// <summary>An instant in RFC 3339, UTC, with as many decimals as it needs.</summary>
    public static string Time(long ticks) => InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeTicks(ticks));
}
