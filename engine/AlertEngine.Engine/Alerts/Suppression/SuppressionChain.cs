using System.Collections.Immutable;
using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.Alerts.Suppression.Flapping;
using AlertEngine.Engine.Alerts.Suppression.Inhibition;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>
/// Between alerts and routes: the stages of suppression in the order of RULES §5. The first that holds an alert back names the reason; what is
/// held is recorded, and when nothing holds it any more, what is owed goes on once. Owned by one district; not thread-safe.
/// </summary>
/// <param name="stages">The stages, in order.</param>
/// <param name="group">The one among them that is told of every opening.</param>
/// <param name="inhibit">The one that is told of every alert.</param>
/// <param name="flapping">The one that tells which keys have become calm.</param>
/// <param name="held">What is held back.</param>
/// <param name="alerts">The alerts as they are.</param>
/// <param name="wasTold">Whether anybody outside was ever told of an alert.</param>
/// <param name="scope">What a change was found in.</param>
/// <param name="fronts">The lateness classes of rules.</param>
/// <param name="next">Takes what goes on, and what is recorded as suppressed.</param>
internal sealed class SuppressionChain(
    ImmutableArray<ISuppressor> stages, GroupStage group, InhibitStage inhibit, FlappingStage flapping, HeldBook held, AlertBook alerts, Func<string, bool> wasTold, EvaluationScope scope, PeopleFronts fronts,
    BundleStage next) : IAlertSink
{
    private readonly List<(string By, string Holder)> _ended = [];

    /// <inheritdoc />
    public void Take(in AlertNotice notice)
    {
        Alert alert = notice.Alert;
        if (alert.IsShadow)
        {
            next.Take(notice, scope.PeopleNowTicks);
            return;
        }

        group.Enter(notice, scope.PeopleNowTicks);
        inhibit.Note(alert);
        if (!alert.IsFiring)
            End(InhibitStage.Word, alert.Id);
        HeldAlert? before = held.Find(alert.Id);
        Suppression? suppression = Decide(alert, scope.PeopleNowTicks);
        if (suppression is { IsFolded: false })
            Hold(notice, before ?? HeldAlert.Of(alert, ToldBefore(notice), notice.FormerSeverity, suppression), suppression);
        else if (before is null)
            next.Take(notice with { SuppressedBy = suppression }, scope.PeopleNowTicks);
        else if (!Release(before, alert, notice.AtTicks, suppression))
            next.Take(notice with { SuppressedBy = before.Suppression }, scope.PeopleNowTicks);
    }

    /// <summary>Something does not hold alerts any more. They are judged again after the step, because the step still needs what the scope holds.</summary>
    public void End(string by, string holder)
    {
        if (held.IsHolding(by, holder))
            _ended.Add((by, holder));
    }

    /// <summary>Judges the alerts again whose holders have ended in the step before.</summary>
    /// <param name="atTicks">The instant, on people's time.</param>
    /// <param name="load">Places what is known of an alert into the scope; false where its rule is gone.</param>
    public void Settle(long atTicks, Func<Alert, long, bool> load)
    {
        foreach (string key in flapping.TakeCalmed())
            End(FlappingStage.Word, key);
        if (_ended.Count == 0)
            return;
        (string By, string Holder)[] ended = [.. _ended.Distinct()];
        _ended.Clear();
        foreach ((string by, string holder) in ended)
            Release(held.HeldBy(by, holder), atTicks, load);
    }

    /// <summary>Judges the alerts of one lateness class again that something held.</summary>
    public void Release(string by, string holder, int classNumber, long atTicks, Func<Alert, long, bool> load) =>
        Release(held.HeldBy(by, holder).Where(one => fronts.ClassOf(one.Alert.RuleId) == classNumber), atTicks, load);

    /// <summary>The wait or interval of a bundle is over: what it held is judged again, and its order says all of it at once.</summary>
    public void EndWait(Bundle bundle, long atTicks, Func<Alert, long, bool> load)
    {
        next.Begin();
        string key = next.EndWait(bundle, atTicks).Key;
        Judge(held.HeldBy(GroupStage.Word, key), atTicks, load);
        next.End(atTicks, load);
    }

    /// <summary>People were told of a severity by another way than a change of the alert.</summary>
    public void NoteTold(Alert alert)
    {
        if (held.Find(alert.Id) is { } one)
            held.Put(one with { Alert = alert, ToldSeverity = alert.Severity });
    }

    private void Release(IEnumerable<HeldAlert> some, long atTicks, Func<Alert, long, bool> load)
    {
        next.Begin();
        Judge([.. some], atTicks, load);
        next.End(atTicks, load);
    }

    private void Judge(IReadOnlyList<HeldAlert> some, long atTicks, Func<Alert, long, bool> load)
    {
        foreach (HeldAlert one in some)
        {
            Alert alert = alerts.Find(one.Alert.DedupKey) is { } known && known.Id == one.Alert.Id ? known : one.Alert;
            Suppression? suppression = Decide(alert, atTicks);
            if (suppression is { IsFolded: false })
                HandOver(one, alert, atTicks, suppression);
            else if (load(alert, atTicks))
                _ = Release(one, alert, atTicks, suppression);
            else
                held.Remove(alert.Id);
        }
    }

    private Suppression? Decide(Alert alert, long atTicks)
    {
        foreach (ISuppressor stage in stages)
        {
            if (stage.Decide(alert, atTicks) is { } suppression)
                return suppression;
        }

        return null;
    }

    private void Hold(in AlertNotice notice, HeldAlert before, Suppression suppression)
    {
        Keep(before.HeldBy(suppression) with { Alert = notice.Alert });
        next.Take(notice with { SuppressedBy = suppression, IsOwed = false }, scope.PeopleNowTicks);
    }

    private void Keep(HeldAlert now)
    {
        if (now.IsSettled)
            held.Remove(now.Alert.Id);
        else
            held.Put(now);
    }

    /// <summary>Another stage holds it from now on. That is told, so that the last message of an alert always says what holds it.</summary>
    private void HandOver(HeldAlert one, Alert alert, long atTicks, Suppression suppression)
    {
        if (one.By == suppression.By || Revise(one, alert, atTicks) is not { } owed)
        {
            held.Put(one.HeldBy(suppression));
            return;
        }

        Keep(one.HeldBy(suppression) with { Alert = owed.Alert });
        next.Take(owed with { SuppressedBy = suppression, IsOwed = false }, atTicks);
    }

    /// <summary>Sends what is owed; false where nothing is, because what was held came and went.</summary>
    private bool Release(HeldAlert one, Alert alert, long atTicks, Suppression? suppression)
    {
        held.Remove(alert.Id);
        if (Revise(one, alert, atTicks) is not { } owed)
            return false;
        next.Take(owed with { SuppressedBy = suppression }, scope.PeopleNowTicks);
        return true;
    }

    /// <summary>What is owed, as a revision of its own: the present one was told as suppressed. Null where nothing is owed.</summary>
    private AlertNotice? Revise(HeldAlert one, Alert alert, long atTicks)
    {
        Alert revised = alert with { Revision = alert.Revision + 1 };
        if (one.Owed(revised, atTicks) is not { } owed)
            return null;
        if (alerts.Find(alert.DedupKey)?.Id == alert.Id)
            alerts.Put(revised);
        return owed;
    }

    private ToldState ToldBefore(in AlertNotice notice) =>
        !wasTold(notice.Alert.Id) ? ToldState.Nothing : notice.Change == AlertChange.Opened ? ToldState.Ended : ToldState.Firing;
}
