using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>What a bundle becomes by a change of one of its alerts. Pure.</summary>
internal static class BundleFold
{
    /// <summary>Takes a member as it is now.</summary>
    /// <param name="bundle">The bundle before.</param>
    /// <param name="member">The member as it was counted; null where it joins.</param>
    /// <param name="notice">The member's change.</param>
    /// <param name="rule">The rule of both.</param>
    public static Bundle Take(Bundle bundle, BundleMember? member, in AlertNotice notice, CompiledRule rule)
    {
        Alert alert = notice.Alert;
        int added = member is not null ? alert.MergedCount - member.MergedCount : notice.IsReopening ? 1 : alert.MergedCount;
        Bundle counted = Count(bundle, member?.Severity, alert.IsFiring ? alert.Severity : null);
        Alert said = Said(counted, alert, rule) with 
        {
            MergedCount = (bundle.Alert?.MergedCount ?? 0) + added,
            BundledBy = bundle.Kind == BundleKind.Group ? GroupStage.Word : FloodStage.Word,
        };
        said = said with { Status = StatusOf(counted, alert), Severity = SeverityOf(counted, alert, said.SeverityFloor) };
        if (counted.Kind == BundleKind.Storm)
            said = said with { Title = StormTitle(rule, said.MergedCount) };
        return counted with { Alert = Ended(said, alert), IsDirty = bundle.IsDirty || added > 0 };
    }

    /// <summary>A member goes its own way: its rule's budget holds for it no more.</summary>
    public static Bundle Leave(Bundle bundle, BundleMember member, Alert alert)
    {
        Bundle rest = Count(bundle, member.Severity, null);
        Alert said = bundle.Alert! with { Status = rest.IsFiring ? AlertStatus.Firing : AlertStatus.Cleared };
        said = said with { Severity = SeverityOf(rest, said, said.SeverityFloor) };
        return rest with { Alert = Ended(said, alert) };
    }

    private static Bundle Count(Bundle bundle, Severity? former, Severity? now)
    {
        ImmutableArray<int> counts = bundle.FiringBySeverity;
        if (former is { } left)
            counts = counts.SetItem((int)left, counts[(int)left] - 1);
        if (now is { } come)
            counts = counts.SetItem((int)come, counts[(int)come] + 1);
        return bundle with { FiringBySeverity = counts };
    }

    /// <summary>The first member says what the order says: its title, place and conditions. Others add their events and evidence.</summary>
    private static Alert Said(Bundle bundle, Alert alert, CompiledRule rule)
    {
        if (bundle.Alert is not { } said)
            return bundle.Kind == BundleKind.Group ? alert : Storm(bundle, alert);
        if (said.Id == alert.Id)
            said = alert with { SeverityFloor = Graver(said.SeverityFloor, alert.SeverityFloor), RelatedEvents = said.RelatedEvents, Evidence = said.Evidence };
        return alert.RelatedEvents is [.., var last] && !said.RelatedEvents.Contains(last)
            ? AlertTransitions.WithEvent(said, last, alert.Evidence is [.., var evidence] ? evidence : null, rule.Evidence?.KeepEvents ?? 0)
            : said;
    }

    private static Alert Storm(Bundle bundle, Alert first) => first with
    {
        Id = AlertId.Hash(["storm", first.RuleId, first.Place.District, Words.Of(first.EventStatus), first.Id]),
        DedupKey = bundle.Key,
        Contributors = [],
        Labels = [],
        GroupKey = "",
    };

    private static LocalText StormTitle(CompiledRule rule, int count) => new($"{rule.Name.Zh}：超出派单预算的告警 {count} 起", $"{rule.Name.En}: {count} alerts beyond the budget of orders");

    private static AlertStatus StatusOf(Bundle bundle, Alert alert) =>
        bundle.IsFiring ? AlertStatus.Firing : alert.Status == AlertStatus.Shot || bundle.Alert?.Status == AlertStatus.Shot ? AlertStatus.Shot : AlertStatus.Cleared;

    private static Severity SeverityOf(Bundle bundle, Alert last, Severity floor)
    {
        for (int severity = bundle.FiringBySeverity.Length - 1; severity >= 0; severity--)
        {
            if (bundle.FiringBySeverity[severity] != 0)
                return Graver((Severity)severity, floor);
        }

        // What has ended stays as grave as it was last.
        return Graver(last.Severity, floor);
    }

    private static Alert Ended(Alert said, Alert last) => said.IsFiring
        ? said with { EndedAtTicks = null }
        : said with { EndedAtTicks = last.EndedAtTicks ?? said.EndedAtTicks, KeptUntilTicks = last.KeptUntilTicks, Reason = last.Reason };

    private static Severity Graver(Severity a, Severity b) => a > b ? a : b;
}
