using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Asks for a broadcast when an alert becomes as grave as its plan says, and tells when it no longer is. What is suppressed, folded into a storm, a drill or a
/// shadow rule's is broadcast to nobody. Without state: each change says what was before. Owned by one district; not thread-safe.
/// </summary>
internal sealed class BroadcastRelay(EvaluationScope scope, DistrictOutputs outputs)
{
    /// <summary>Takes a change of an alert, with its rule in the scope.</summary>
    public void Take(in AlertNotice notice)
    {
        Alert alert = notice.Alert;
        if (notice.SuppressedBy is not null || alert.IsShadow || alert.EventStatus != EventStatus.Actual || scope.Rule is not { Broadcasts.IsEmpty: false } rule || rule.Id != alert.RuleId)
            return;
        foreach (BroadcastPlan plan in rule.Broadcasts)
        {
            (bool was, bool isOn) = Turn(notice, plan.SeverityFrom);
            if (isOn && !was)
                outputs.Broadcast(notice, rule.Name, plan.Audience, TextOf(plan, alert));
            else if (was && !isOn)
                outputs.EndBroadcast(notice, rule.Name, plan.Audience);
        }
    }

    private static (bool Was, bool IsOn) Turn(in AlertNotice notice, Severity from) => notice.Change switch
    {
        AlertChange.Opened => (false, notice.Alert.Severity >= from),
        AlertChange.Updated => (notice.FormerSeverity >= from, notice.Alert.Severity >= from),
        AlertChange.Cleared => (notice.Alert.Severity >= from, false),
        _ => (false, false),
    };

    private LocalText TextOf(BroadcastPlan plan, Alert alert)
    {
        AlertDrafting.Load(alert, scope);
        return TitleRenderer.Render(plan.Text, scope.Frame);
    }
}
