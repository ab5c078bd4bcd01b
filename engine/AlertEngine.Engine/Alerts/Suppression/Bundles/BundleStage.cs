using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>Takes what the stages of suppression let go on.</summary>
internal interface IToldSink
{
    /// <summary>A message of the alert, and what it makes of its own orders.</summary>
    /// <returns>How many orders were dispatched.</returns>
    int TakeAlert(in AlertNotice notice);

    /// <summary>A message of an alert that makes nothing of orders of its own: it is held back, or another order speaks for it.</summary>
    void TakeMessage(in AlertNotice notice);

    /// <summary>What a bundle makes of its orders. No message: its members have theirs.</summary>
    /// <returns>How many orders were dispatched.</returns>
    int TakeBundle(in AlertNotice notice);

    /// <summary>All is said that belongs to the messages so far: their orders are known.</summary>
    void Complete();
}

/// <summary>
/// Behind the stages of suppression: an alert goes to its own order, or to the one that speaks for its group or for the storm of its rule.
/// Owned by one district; not thread-safe.
/// </summary>
internal sealed class BundleStage(BundleBook bundles, FloodBudget budget, EvaluationScope scope, Func<string, CompiledRule?> ruleOf, IToldSink next)
{
    private readonly List<string> _deferred = [];
    private bool _isDeferring;

    /// <summary>Takes a change that goes on, or that is recorded as suppressed.</summary>
    public void Take(in AlertNotice notice, long atTicks)
    {
        if (notice.Alert.IsShadow || ruleOf(notice.Alert.RuleId) is not { } rule)
            _ = next.TakeAlert(notice);
        else if (notice.SuppressedBy is { IsFolded: false })
            next.TakeMessage(notice with { OrderAlertId = OrderAlertOf(notice.Alert) });
        else
            TakeFree(WithoutStorm(notice), rule, atTicks);
        if (!_isDeferring)
            next.Complete();
    }

    /// <summary>From here on bundles say nothing, until several changes of one instant have been taken.</summary>
    public void Begin() => _isDeferring = true;

    /// <summary>Lets the bundles say what was taken since the beginning.</summary>
    public void End(long atTicks, Func<Alert, long, bool> load)
    {
        _isDeferring = false;
        foreach (string key in _deferred)
        {
            if (bundles.Find(key) is { Alert: { } alert } bundle && load(alert, atTicks))
                Say(bundle, atTicks);
        }

        _deferred.Clear();
        next.Complete();
    }

    /// <summary>The wait or the interval of a bundle is over.</summary>
    public Bundle EndWait(Bundle bundle, long atTicks)
    {
        Bundle free = bundle with { DueTicks = null, KeptUntilTicks = Math.Max(bundle.KeptUntilTicks, atTicks) };
        bundles.Put(free);
        if (free.IsDirty)
            _deferred.Add(free.Key);
        return free;
    }

    /// <summary>An escalation has raised what a bundle's order says.</summary>
    /// <returns>What the bundle says now; null where no bundle speaks as this alert.</returns>
    public Alert? Raise(Alert raised)
    {
        if (bundles.FindByAlert(raised.Id) is not { Alert: { } said } bundle)
            return null;
        Alert floored = said with { Severity = raised.Severity, SeverityFloor = raised.SeverityFloor };
        bundles.Put(bundle with { Alert = floored, ToldSeverity = raised.Severity });
        return floored;
    }

    private void TakeFree(in AlertNotice notice, CompiledRule rule, long atTicks)
    {
        Alert alert = notice.Alert;
        if (BundleOf(notice, atTicks) is not { } bundle)
        {
            int dispatched = next.TakeAlert(notice);
            if (rule.Flood is { } plan)
                budget.Spend(FloodBudget.KeyOf(alert), plan, atTicks, dispatched);
            return;
        }

        Bundle folded = BundleFold.Take(bundle, bundles.FindMember(alert.Id), notice, rule);
        bundles.Put(folded);
        bundles.PutMember(alert.Id, alert.IsFiring ? new BundleMember(folded.Key, alert.Severity, alert.MergedCount) : null);
        next.TakeMessage(notice with { OrderAlertId = folded.Alert!.Id });
        SayOrDefer(folded, atTicks);
    }

    /// <summary>The bundle that speaks for an alert; null where it has an order of its own.</summary>
    private Bundle? BundleOf(in AlertNotice notice, long atTicks)
    {
        BundleKind kind = notice.SuppressedBy is null ? BundleKind.Group : BundleKind.Storm;
        string key = notice.SuppressedBy?.Holder ?? notice.Alert.GroupKey;
        if (key.Length == 0)
            return null;
        Bundle? known = bundles.Find(key);
        return known?.IsLiveAt(Math.Max(atTicks, scope.ForgottenBeforeTicks)) == true ? known : new Bundle { Key = key, Kind = kind, RuleId = notice.Alert.RuleId };
    }

    /// <summary>A member of a storm that is held back no more opens on its own: nobody was told of it by name.</summary>
    private AlertNotice WithoutStorm(in AlertNotice notice)
    {
        Alert alert = notice.Alert;
        if (notice.SuppressedBy is not null || bundles.FindMember(alert.Id) is not { } member || bundles.Find(member.BundleKey) is not { Kind: BundleKind.Storm } storm)
            return notice;
        if (!alert.IsFiring)
            return notice with { SuppressedBy = new Suppression(FloodStage.Word, storm.Key, "in the storm order", IsFolded: true) };
        Bundle rest = BundleFold.Leave(storm, member, alert);
        bundles.Put(rest);
        bundles.PutMember(alert.Id, null);
        SayOrDefer(rest, notice.AtTicks);
        return notice with { Change = AlertChange.Opened, FormerSeverity = alert.Severity, IsOwed = true };
    }

    private string? OrderAlertOf(Alert alert) => bundles.FindMember(alert.Id) is { } member ? bundles.Find(member.BundleKey)?.Alert?.Id : null;

    private void SayOrDefer(Bundle bundle, long atTicks)
    {
        if (!_isDeferring)
            Say(bundle, atTicks);
        else if (!_deferred.Contains(bundle.Key))
            _deferred.Add(bundle.Key);
    }

    /// <summary>Revises the bundle's order where something is owed. What only joined a storm waits for the end of its interval.</summary>
    private void Say(Bundle bundle, long atTicks)
    {
        if (bundle.Owed(atTicks) is not { } owed || ruleOf(bundle.RuleId) is not { } rule)
            return;
        bool isRise = bundle.Alert!.Severity > bundle.ToldSeverity;
        if (bundle.DueTicks is not null && owed.Change == AlertChange.Updated && !isRise)
            return;
        int dispatched = next.TakeBundle(owed);
        if (bundle.Kind == BundleKind.Group && rule.Flood is { } plan)
            budget.Spend(FloodBudget.KeyOf(bundle.Alert), plan, atTicks, dispatched);
        bundles.Put(Told(bundle, rule, atTicks));
    }

    private static Bundle Told(Bundle bundle, CompiledRule rule, long atTicks)
    {
        long intervalTicks = (long)(bundle.Kind == BundleKind.Group ? rule.Group?.Interval : rule.Flood?.Per).GetValueOrDefault().TotalTicks;
        return bundle with
        {
            Told = bundle.IsFiring ? ToldState.Firing : ToldState.Ended,
            ToldSeverity = bundle.Alert!.Severity,
            IsDirty = false,
            DueTicks = intervalTicks == 0 ? null : atTicks + intervalTicks,
            KeptUntilTicks = atTicks + Math.Max(intervalTicks, (long)rule.Reopen.TotalTicks),
        };
    }
}
