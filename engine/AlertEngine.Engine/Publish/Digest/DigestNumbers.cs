using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Detection.Absence;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Publish;

/// <summary>
/// What a digest counts, of real orders and not of drills: those dispatched in the 24 hours up to an instant, against the 24 hours before; of all
/// that are open, which are overdue and which were escalated; the keys of silent sources. Pure.
/// </summary>
/// <param name="AtTicks">The instant.</param>
/// <param name="Dispatched">Orders dispatched in the 24 hours before it; what happens at the instant itself belongs to the next.</param>
/// <param name="DispatchedBefore">In the 24 hours before those.</param>
/// <param name="BySeverity">Of the dispatched, by severity, blue first.</param>
/// <param name="ByUnit">Of the dispatched, by lead.</param>
/// <param name="Open">Orders that are open.</param>
/// <param name="Overdue">Ids of open orders whose next limit is over.</param>
/// <param name="Escalated">Ids of open orders that moved up.</param>
/// <param name="Silent">Keys of rules of absence that fire.</param>
internal sealed record DigestNumbers(
    long AtTicks, int Dispatched, int DispatchedBefore, ImmutableArray<int> BySeverity, ImmutableSortedDictionary<string, int> ByUnit,
    int Open, DigestList Overdue, DigestList Escalated, DigestList Silent)
{
    /// <summary>Counts.</summary>
    public static DigestNumbers Of(IEnumerable<WorkOrder> orders, IEnumerable<Alert> alerts, Func<string, CompiledRule?> ruleOf, long atTicks)
    {
        ImmutableArray<WorkOrder> real = [.. orders.Where(order => order.Alert.EventStatus == EventStatus.Actual && order.DispatchedAtTicks < atTicks).OrderBy(order => order.Id, StringComparer.Ordinal)];
        ImmutableArray<WorkOrder> today = [.. real.Where(order => order.DispatchedAtTicks >= atTicks - NodaConstants.TicksPerDay)];
        ImmutableArray<WorkOrder> open = [.. real.Where(order => order.IsOpen)];
        return new DigestNumbers(
            atTicks,
            today.Length,
            real.Count(order => order.DispatchedAtTicks >= atTicks - (2 * NodaConstants.TicksPerDay)) - today.Length,
            [.. Enum.GetValues<Severity>().Select(severity => today.Count(order => order.Alert.Severity == severity))],
            today.GroupBy(order => order.Lead, StringComparer.Ordinal).ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
            open.Length,
            DigestList.Of(open.Where(order => IsOverdue(order, atTicks)).Select(order => order.Id)),
            DigestList.Of(open.Where(order => order.EscalationSequence > 0).Select(order => order.Id)),
            DigestList.Of(alerts.Where(alert => alert.Status == AlertStatus.Firing && ruleOf(alert.RuleId)?.Detector is AbsenceDetector).Select(alert => alert.Key).Distinct()));
    }

    /// <summary>The numbers of several districts together.</summary>
    public static DigestNumbers Sum(IReadOnlyCollection<DigestNumbers> all, long atTicks) => new(
        atTicks,
        all.Sum(numbers => numbers.Dispatched),
        all.Sum(numbers => numbers.DispatchedBefore),
        [.. Enum.GetValues<Severity>().Select(severity => all.Sum(numbers => numbers.BySeverity[(int)severity]))],
        all.SelectMany(numbers => numbers.ByUnit).GroupBy(unit => unit.Key, StringComparer.Ordinal).ToImmutableSortedDictionary(group => group.Key, group => group.Sum(unit => unit.Value), StringComparer.Ordinal),
        all.Sum(numbers => numbers.Open),
        DigestList.Sum(all.Select(numbers => numbers.Overdue)),
        DigestList.Sum(all.Select(numbers => numbers.Escalated)),
        DigestList.Sum(all.Select(numbers => numbers.Silent)));

    private static bool IsOverdue(WorkOrder order, long atTicks) =>
        (order.Deadlines.AcknowledgeByTicks < atTicks && !Escalation.HasReached(order.Status, "acknowledged"))
        || (order.Deadlines.ArriveByTicks < atTicks && !Escalation.HasReached(order.Status, "arrived"))
        || (order.Deadlines.ResolveByTicks < atTicks && !Escalation.HasReached(order.Status, "resolved"));
}
