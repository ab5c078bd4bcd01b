using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>What those outside were last told of an alert.</summary>
public enum ToldState
{
    /// <summary>Nothing: it opened while it was held back.</summary>
    Nothing = 0,

    /// <summary>That it fires.</summary>
    Firing,

    /// <summary>That it ended.</summary>
    Ended,
}

/// <summary>An alert of which something was held back. Immutable.</summary>
/// <param name="Alert">The alert as it is.</param>
/// <param name="Told">What those outside believe.</param>
/// <param name="ToldSeverity">How grave they believe it to be.</param>
/// <param name="By">The stage that holds it back.</param>
/// <param name="Holder">What of the stage does.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record HeldAlert(Alert Alert, ToldState Told, Severity ToldSeverity, string By, string Holder, string Reason)
{
    /// <summary>An alert that is held back from now on.</summary>
    public static HeldAlert Of(Alert alert, ToldState told, Severity toldSeverity, Suppression suppression) =>
        new(alert, told, toldSeverity, suppression.By, suppression.Holder, suppression.Reason);

    /// <summary>What holds it back.</summary>
    public Suppression Suppression => new(By, Holder, Reason);

    /// <summary>The same, held back by this from now on.</summary>
    public HeldAlert HeldBy(Suppression suppression) => this with { By = suppression.By, Holder = suppression.Holder, Reason = suppression.Reason };

    /// <summary>
    /// Whether nothing will be owed, however long it stays as it is: what came and went is only recorded. A single shot that waits for its group
    /// has not gone: nothing keeps it from people but the wait.
    /// </summary>
    public bool IsSettled => !Alert.IsFiring && Told != ToldState.Firing && !(Alert.Status == AlertStatus.Shot && By == GroupStage.Word);

    /// <summary>The one change that is owed when nothing holds the alert back any more: the state before and after compared. Null: none.</summary>
    /// <param name="alert">The alert as it is now.</param>
    /// <param name="atTicks">When it is told.</param>
    public AlertNotice? Owed(Alert alert, long atTicks) => (Told, alert.Status) switch
    {
        (ToldState.Nothing, AlertStatus.Firing or AlertStatus.Shot) => new AlertNotice(alert, AlertChange.Opened, atTicks, alert.Severity, IsOwed: true),
        (ToldState.Ended, AlertStatus.Firing) => new AlertNotice(alert, AlertChange.Opened, atTicks, ToldSeverity, IsReopening: true, IsOwed: true),
        (ToldState.Firing, AlertStatus.Cleared) => new AlertNotice(alert, AlertChange.Cleared, atTicks, ToldSeverity, IsOwed: true),
        (ToldState.Firing, AlertStatus.Firing) when alert.Severity != ToldSeverity =>
            new AlertNotice(alert, AlertChange.Updated, atTicks, ToldSeverity, IsOwed: true),
        _ => null,
    };
}
