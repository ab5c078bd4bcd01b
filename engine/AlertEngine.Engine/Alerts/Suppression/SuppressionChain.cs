using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>
/// Between alerts and routes: the stages of suppression in the order of RULES §5. The first that holds an alert back names the reason; what is
/// held is recorded, and when nothing holds it any more, what is owed goes on once. Owned by one district; not thread-safe.
/// </summary>
/// <param name="stages">The stages, in order.</param>
/// <param name="held">What is held back.</param>
/// <param name="alerts">The alerts as they are.</param>
/// <param name="wasTold">Whether anybody outside was ever told of an alert.</param>
/// <param name="scope">What a change was found in.</param>
/// <param name="fronts">The lateness classes of rules.</param>
/// <param name="next">Takes what goes on, and what is recorded as suppressed.</param>
internal sealed class SuppressionChain(
    ImmutableArray<ISuppressor> stages, HeldBook held, AlertBook alerts, Func<string, bool> wasTold, EvaluationScope scope, PeopleFronts fronts,
    IAlertSink next) : IAlertSink
{
    /// <inheritdoc />
    public void Take(in AlertNotice notice)
    {
        Alert alert = notice.Alert;
        HeldAlert? before = held.Find(alert.Id);
        Suppression? suppression = alert.IsShadow ? null : Decide(alert, scope.PeopleNowTicks);
        if (suppression is not null)
            Hold(notice, before ?? new HeldAlert(alert, ToldBefore(notice), notice.FormerSeverity, suppression.By), suppression);
        else if (before is null)
            next.Take(notice);
        else
            Release(before, alert, notice.AtTicks);
    }

    /// <summary>Tells what is owed of every alert of a lateness class that nothing holds back any more.</summary>
    /// <param name="classNumber">The class.</param>
    /// <param name="atTicks">The instant, on people's time.</param>
    /// <param name="load">Places what is known of an alert into the scope; false where its rule is gone.</param>
    public void ReleaseFree(int classNumber, long atTicks, Func<Alert, long, bool> load)
    {
        if (held.Count == 0)
            return;
        foreach (HeldAlert one in held.All.Where(one => fronts.ClassOf(one.Alert.RuleId) == classNumber).ToArray())
        {
            Alert alert = alerts.Find(one.Alert.DedupKey) is { } known && known.Id == one.Alert.Id ? known : one.Alert;
            if (Decide(alert, atTicks) is not null)
                continue;
            if (load(alert, atTicks))
                Release(one, alert, atTicks);
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
        HeldAlert now = before with { Alert = notice.Alert, By = suppression.By };
        if (now.IsSettled)
            held.Remove(notice.Alert.Id);
        else
            held.Put(now);
        next.Take(notice with { SuppressedBy = suppression, IsOwed = false });
    }

    private void Release(HeldAlert one, Alert alert, long atTicks)
    {
        held.Remove(alert.Id);
        // A message of its own needs a revision of its own: the present one was told as suppressed.
        Alert revised = alert with { Revision = alert.Revision + 1 };
        if (one.Owed(revised, atTicks) is not { } owed)
            return;
        if (alerts.Find(alert.DedupKey)?.Id == alert.Id)
            alerts.Put(revised);
        next.Take(owed);
    }

    private ToldState ToldBefore(in AlertNotice notice) =>
        !wasTold(notice.Alert.Id) ? ToldState.Nothing : notice.Change == AlertChange.Opened ? ToldState.Ended : ToldState.Firing;
}
