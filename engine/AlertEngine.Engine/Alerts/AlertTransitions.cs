using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>The changes of an alert as pure functions: what a detection makes of it. Instants come with the detection.</summary>
public static class AlertTransitions
{
    /// <summary>Another detection joins a firing alert.</summary>
    public static Alert Merge(Alert alert, Contributor contributor, int contributions) => WithSeverity(alert with
    {
        Contributors = alert.Contributors.Add(contributor),
        MergedCount = alert.MergedCount + contributions,
    });

    /// <summary>An ended alert fires again within its rule's <c>reopen</c>: the same alert, the same orders.</summary>
    public static Alert Reopen(Alert alert, Contributor contributor, int contributions) => WithSeverity(alert with
    {
        Status = AlertStatus.Firing,
        EndedAtTicks = null,
        SeverityFloor = Severity.Blue,
        Contributors = [contributor],
        MergedCount = alert.MergedCount + contributions,
        ReopenedCount = alert.ReopenedCount + 1,
    });

    /// <summary>A single shot is repeated within <c>reopen</c>: merged, and it fires once more at its instant.</summary>
    public static Alert RepeatShot(Alert alert, long atTicks, long keptUntilTicks, Severity severity, int contributions) => alert with
    {
        EndedAtTicks = atTicks,
        KeptUntilTicks = keptUntilTicks,
        MergedCount = alert.MergedCount + contributions,
        Severity = Max(severity, alert.SeverityFloor),
    };

    /// <summary>A contributor has become graver or less grave, or stands for more detections.</summary>
    public static Alert Revise(Alert alert, Contributor contributor, int addedContributions)
    {
        int index = IndexOf(alert.Contributors, contributor);
        return WithSeverity(alert with
        {
            Contributors = index < 0 ? alert.Contributors : alert.Contributors.SetItem(index, contributor),
            MergedCount = alert.MergedCount + addedContributions,
        });
    }

    /// <summary>A contributor has cleared; with the last one the alert clears.</summary>
    public static Alert Clear(Alert alert, Contributor contributor, long atTicks, ClearReason reason, long reopenTicks)
    {
        int index = IndexOf(alert.Contributors, contributor);
        ImmutableArray<Contributor> rest = index < 0 ? alert.Contributors : alert.Contributors.RemoveAt(index);
        if (!rest.IsEmpty)
            return WithSeverity(alert with { Contributors = rest });
        return alert with
        {
            Contributors = [],
            Status = AlertStatus.Cleared,
            EndedAtTicks = atTicks,
            KeptUntilTicks = atTicks + reopenTicks,
            Reason = reason,
        };
    }

    /// <summary>The alert with one more contributing event and its evidence; the oldest give way.</summary>
    public static Alert WithEvent(Alert alert, EventReference reference, string? evidence, int evidenceLimit)
    {
        ImmutableArray<EventReference> related = alert.RelatedEvents.Contains(reference) ? alert.RelatedEvents : Append(alert.RelatedEvents, reference, Alert.RelatedEventLimit);
        return alert with
        {
            RelatedEvents = related,
            Evidence = evidence is null ? alert.Evidence : Append(alert.Evidence, evidence, evidenceLimit),
        };
    }

    /// <summary>The alert with the district of one more event.</summary>
    public static Alert WithDistrict(Alert alert, string district) =>
        alert.Districts.Contains(district) || alert.Districts.Length >= Alert.RelatedEventLimit ? alert : alert with { Districts = alert.Districts.Add(district) };

    /// <summary>The alert with more alerts of districts that it rests on; what it has it keeps, up to the limit.</summary>
    public static Alert WithChildren(Alert alert, ImmutableArray<ChildAlert> children)
    {
        ImmutableArray<ChildAlert> added = children.RemoveAll(child => alert.Children.Any(known => known.AlertId == child.AlertId));
        return added.IsEmpty ? alert : alert with { Children = [.. alert.Children.Concat(added).Take(ChildAlert.Limit)] };
    }

    /// <summary>Whether events of one more district have come, the first of which is no news, or one more alert of a district.</summary>
    public static bool HasSpread(Alert before, Alert after) =>
        after.Districts.Length > Math.Max(1, before.Districts.Length) || after.Children.Length > before.Children.Length;

    /// <summary>The alert is as grave as its gravest contributor, and never less than the floor.</summary>
    private static Alert WithSeverity(Alert alert) => alert with
    {
        Severity = Max(alert.Contributors.Max(contributor => contributor.Severity), alert.SeverityFloor),
    };

    private static int IndexOf(ImmutableArray<Contributor> contributors, Contributor sought)
    {
        for (int i = 0; i < contributors.Length; i++)
        {
            if (contributors[i].RuleId == sought.RuleId && contributors[i].Key == sought.Key && contributors[i].Instance == sought.Instance)
                return i;
        }

        return -1;
    }

    private static Severity Max(Severity a, Severity b) => a > b ? a : b;

    private static ImmutableArray<T> Append<T>(ImmutableArray<T> items, T item, int limit) =>
        items.Length < limit ? items.Add(item) : items.RemoveRange(0, items.Length - limit + 1).Add(item);
}
