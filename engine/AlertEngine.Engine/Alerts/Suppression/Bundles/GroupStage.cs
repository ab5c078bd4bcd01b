using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>
/// Alerts of a rule with equal labels share one order: it goes out <c>wait</c> after the first of them, so that those that follow at once are in
/// it and what inhibits them has had its say; then no two revisions are closer than <c>interval</c>. A rise passes the interval. Owned by one
/// district; not thread-safe.
/// </summary>
internal sealed class GroupStage(BundleBook bundles, EvaluationScope scope, Func<string, CompiledRule?> ruleOf) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "group";

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks)
    {
        if (alert.GroupKey.Length == 0 || bundles.Find(alert.GroupKey) is not { DueTicks: { } dueTicks } group || IsRise(group, alert))
            return null;
        return new Suppression(Word, group.Key, $"goes out with its group at {Words.Time(dueTicks)}");
    }

    /// <summary>Takes note of an opening: the first of a group begins its wait.</summary>
    public void Enter(in AlertNotice notice, long atTicks)
    {
        Alert alert = notice.Alert;
        if (notice.Change != AlertChange.Opened || alert.GroupKey.Length == 0 || bundles.Find(alert.GroupKey)?.IsLiveAt(Math.Max(atTicks, scope.ForgottenBeforeTicks)) == true)
            return;
        if (ruleOf(alert.RuleId)?.Group is not { } plan)
            return;
        long waitTicks = (long)plan.Wait.TotalTicks;
        bundles.Put(new Bundle
        {
            Key = alert.GroupKey,
            Kind = BundleKind.Group,
            RuleId = alert.RuleId,
            DueTicks = waitTicks == 0 ? null : atTicks + waitTicks,
            KeptUntilTicks = atTicks,
        });
    }

    private static bool IsRise(Bundle group, Alert alert) => group.Told == ToldState.Firing && alert.IsFiring && alert.Severity > group.ToldSeverity;
}
