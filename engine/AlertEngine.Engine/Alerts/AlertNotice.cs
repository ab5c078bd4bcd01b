using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>A change of an alert that later stages and the outside are told of.</summary>
/// <param name="Alert">The alert after the change.</param>
/// <param name="Change">What changed.</param>
/// <param name="AtTicks">When, in event time.</param>
/// <param name="FormerSeverity">The severity before; that of the alert itself where it did not change.</param>
/// <param name="IsReopening">Whether an ended alert fires again: its orders go on instead of new ones being sent.</param>
/// <param name="SuppressedBy">What holds it back; null where nothing does. The change then is what is held back, and is only recorded.</param>
/// <param name="IsOwed">Whether it tells of a change that was held back when it happened.</param>
/// <param name="OrderAlertId">The alert whose orders speak for it: that of its group or storm; null: its own.</param>
/// <param name="RevisesOrders">Whether its orders are revised though the severity is the same.</param>
/// <param name="Merged">The detection that joined the alert instead of opening one of its own; null where the change is no merge.</param>
public readonly record struct AlertNotice(
    Alert Alert, AlertChange Change, long AtTicks, Severity FormerSeverity, bool IsReopening = false, MergedDetection? Merged = null,
    Suppression.Suppression? SuppressedBy = null, bool IsOwed = false, string? OrderAlertId = null, bool RevisesOrders = false);

/// <summary>A detection that joined an alert.</summary>
/// <param name="RuleId">Its rule.</param>
/// <param name="Key">Its key, as people know it.</param>
/// <param name="IsNearby">Whether it is another incident by its dedup key, merged by place and time (并案).</param>
public sealed record MergedDetection(string RuleId, string Key, bool IsNearby = false);

/// <summary>Takes the changes of alerts, while the frame still holds what they were found in.</summary>
public interface IAlertSink
{
    /// <summary>Takes one change.</summary>
    void Take(in AlertNotice notice);
}
