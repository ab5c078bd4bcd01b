using System.Collections.Immutable;
using AlertEngine.Engine.Alerts.Suppression.Flapping;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// From detections to alerts: one incident by its dedup key is one alert, however many keys contribute. Tells the next stage of each change
/// that matters. Owned by one district; not thread-safe.
/// </summary>
internal sealed class AlertStage(string district, AlertBook book, AlertLabels labels, FlappingStage flapping, EvaluationScope scope, IAlertSink next) : IDetectionTarget
{
    private readonly AlertTally _tally = new();

    public AlertTally Tally => _tally;

    public void Take(in Detected detected)
    {
        if (detected.Kind is DetectedKind.Opened or DetectedKind.Cleared)
            flapping.NoteChange(scope.Rule, scope.Key, scope.Status, detected.AtTicks, scope.Event is not null);
        switch (detected.Kind)
        {
            case DetectedKind.Opened:
            case DetectedKind.Shot:
                Open(detected);
                break;
            case DetectedKind.Updated:
                Update(detected);
                break;
            default:
                Clear(detected);
                break;
        }
    }

    private void Open(in Detected detected)
    {
        string? dedupKey = AlertDrafting.DedupKey(scope);
        if (dedupKey is null)
        {
            // A dedup key that meets an error must not swallow the alert: the rule and its key are what the key defaults to.
            _tally.RuleErrors++;
            dedupKey = $"{scope.Rule.Id}|{scope.Key}";
        }

        Contributor contributor = ContributorOf(detected);
        Alert? known = book.Find(dedupKey);
        if (known is { IsFiring: false } && known.KeptUntilTicks < scope.ForgottenBeforeTicks)
            known = null;
        if (known is { IsFiring: true })
            Merge(known, contributor, detected);
        else if (known is not null && detected.AtTicks <= known.KeptUntilTicks)
            Again(known, contributor, detected);
        else if (NearbyIncidents.Find(book, scope, AlertDrafting.PointOf(scope), detected.AtTicks) is { } nearby)
            Join(nearby, contributor, detected);
        else
            OpenNew(dedupKey, contributor, detected);
    }

    private void OpenNew(string dedupKey, Contributor contributor, in Detected detected)
    {
        Alert alert = WithCurrentEvent(AlertDrafting.Open(scope, detected, district, dedupKey, contributor));
        alert = labels.Read(AlertTransitions.WithChildren(alert, scope.Children) with { Conditions = ConditionText.Of(scope) }, scope);
        _tally.Opened++;
        Tell(NearbyIncidents.Joined(alert, scope.Rule.Merge, detected.AtTicks), AlertChange.Opened, detected.AtTicks, alert.Severity);
    }

    private void Merge(Alert known, Contributor contributor, in Detected detected)
    {
        _tally.Merged++;
        Alert merged = detected.Kind == DetectedKind.Shot
            ? AlertTransitions.Revise(known, contributor, detected.Contributions)
            : AlertTransitions.Merge(known, contributor, detected.Contributions);
        TellMerged(Revised(merged), detected.AtTicks, known.Severity);
    }

    /// <summary>An incident nearby: one more contributor of the alert, which keeps its own title and place. One that had ended is taken up again.</summary>
    private void Join(Alert nearby, Contributor contributor, in Detected detected)
    {
        _tally.Merged++;
        bool isShot = detected.Kind == DetectedKind.Shot;
        bool isReopening = !isShot && !nearby.IsFiring;
        Alert joined = isReopening
            ? AlertTransitions.Reopen(nearby, contributor, detected.Contributions)
            : isShot ? AlertTransitions.Revise(nearby, contributor, detected.Contributions) : AlertTransitions.Merge(nearby, contributor, detected.Contributions);
        joined = NearbyIncidents.Joined(WithCurrentEvent(joined) with { Revision = nearby.Revision + 1 }, scope.Rule.Merge, detected.AtTicks);
        book.Put(joined);
        next.Take(new AlertNotice(
            joined, isReopening ? AlertChange.Opened : AlertChange.Updated, detected.AtTicks, nearby.Severity, isReopening,
            new MergedDetection(scope.Rule.Id, scope.Key, IsNearby: true), RevisesOrders: true));
    }

    private void Again(Alert known, Contributor contributor, in Detected detected)
    {
        if (detected.Kind == DetectedKind.Shot)
        {
            long keptUntilTicks = detected.AtTicks + (long)scope.Rule.Reopen.TotalTicks;
            Alert repeated = AlertTransitions.RepeatShot(known, detected.AtTicks, keptUntilTicks, contributor.Severity, detected.Contributions);
            _tally.Merged++;
            TellMerged(Revised(repeated), detected.AtTicks, known.Severity);
            return;
        }

        _tally.Opened++;
        Alert reopened = Revised(AlertTransitions.Reopen(known, contributor, detected.Contributions));
        Tell(reopened, AlertChange.Opened, detected.AtTicks, known.Severity, isReopening: true);
    }

    private void Update(in Detected detected)
    {
        Contributor contributor = ContributorOf(detected);
        if (!book.TryFindByContributor(contributor.RuleId, contributor.Key, contributor.Instance, out Alert? known))
            return;
        int added = detected.Contributions > 1 ? Math.Max(0, detected.Contributions - known.MergedCount) : 0;
        Alert revised = WithCurrentEvent(AlertTransitions.Revise(known, contributor, added));
        if (revised.Severity == known.Severity && revised.MergedCount == known.MergedCount && !AlertTransitions.HasSpread(known, revised))
        {
            // Nothing that anybody is told of; related events and evidence wait for the next revision.
            if (!ReferenceEquals(revised, known))
                book.Put(revised);
            return;
        }

        Tell(revised with { Revision = known.Revision + 1, Title = TitleRenderer.Render(scope.Rule.Title, scope.Frame) }, AlertChange.Updated, detected.AtTicks, known.Severity);
    }

    private void Clear(in Detected detected)
    {
        Contributor contributor = ContributorOf(detected);
        if (!book.TryFindByContributor(contributor.RuleId, contributor.Key, contributor.Instance, out Alert? known))
            return;
        Alert alert = AlertTransitions.Clear(known, contributor, detected.AtTicks, detected.Reason, (long)scope.Rule.Reopen.TotalTicks);
        alert = alert with { Revision = known.Revision + 1 };
        if (alert.IsFiring)
        {
            Tell(alert, AlertChange.Updated, detected.AtTicks, known.Severity);
            return;
        }

        _tally.Cleared++;
        Tell(alert, AlertChange.Cleared, detected.AtTicks, known.Severity);
    }

    private Alert Revised(Alert alert) => WithCurrentEvent(alert) with
    {
        Revision = alert.Revision + 1,
        Title = TitleRenderer.Render(scope.Rule.Title, scope.Frame),
    };

    private Alert WithCurrentEvent(Alert alert) => scope.Event is { } @event
        ? AlertTransitions.WithEvent(AlertTransitions.WithChildren(AlertTransitions.WithDistrict(alert, @event.District), scope.Children), new EventReference(@event.Source, @event.Id), AlertDrafting.EvidenceOf(scope), scope.Rule.Evidence?.KeepEvents ?? 0)
        : alert;

    /// <inheritdoc />
    public void NoteEvaluation() => flapping.NoteEvaluation(scope.Rule, scope.Key, scope.Status);

    /// <inheritdoc />
    public ImmutableArray<string> FiringInstances() => book.InstancesOf(scope.Rule.Id, ContributorKey);

    private string ContributorKey => Contributor.MarkedKey(scope.Status, scope.Key);

    private Contributor ContributorOf(in Detected detected) => new(scope.Rule.Id, ContributorKey, detected.Instance, AlertDrafting.SeverityOf(scope));

    private void Tell(Alert alert, AlertChange change, long atTicks, Severity formerSeverity, bool isReopening = false)
    {
        book.Put(alert);
        next.Take(new AlertNotice(alert, change, atTicks, formerSeverity, isReopening));
    }

    private void TellMerged(Alert alert, long atTicks, Severity formerSeverity)
    {
        book.Put(alert);
        next.Take(new AlertNotice(alert, AlertChange.Updated, atTicks, formerSeverity, Merged: new MergedDetection(scope.Rule.Id, scope.Key)));
    }
}

/// <summary>What the alert stage counts within a batch.</summary>
internal sealed class AlertTally
{
    public long Opened { get; set; }

    public long Cleared { get; set; }

    public long Merged { get; set; }

    public long RuleErrors { get; set; }

    public void Reset() => (Opened, Cleared, Merged, RuleErrors) = (0, 0, 0, 0);
}
