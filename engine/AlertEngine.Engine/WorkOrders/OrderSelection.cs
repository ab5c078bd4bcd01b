using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// Which orders a command means. People name what they see, a rule and a key; the order that speaks for it may be that of the alert it was
/// merged into, or of its group or storm, and bears another key. Owned by one district; not thread-safe.
/// </summary>
/// <remarks>The books forget at the end of a batch; what could be forgotten by now counts as gone, so that cuts into batches change nothing.</remarks>
internal sealed class OrderSelection(OrderBook orders, AlertBook alerts, BundleBook bundles, EvaluationScope scope)
{
    /// <summary>The orders in the order of their dispatch.</summary>
    public IEnumerable<WorkOrder> Of(OrderCommand command)
    {
        HashSet<string> spokenFor = command is { RuleId: null, Key: null } ? [] : [.. alerts.All.Where(alert => IsMeant(command, alert)).Select(SpokenForBy)];
        return orders.All
            .Where(order => command.SelectsOrder(order) && (command.SelectsAlert(order.Alert.RuleId, order.Alert.Key) || spokenFor.Contains(order.Alert.Id)))
            .OrderBy(order => order.DispatchedAtTicks).ThenBy(order => order.Id, StringComparer.Ordinal);
    }

    private bool IsMeant(OrderCommand command, Alert alert) =>
        (alert.IsFiring || alert.ForgottenAfterTicks >= scope.ForgottenBeforeTicks)
        && (command.SelectsAlert(alert.RuleId, alert.Key)
            || alert.Contributors.Any(contributor => command.SelectsAlert(contributor.RuleId, contributor.KeyWithout(alert.EventStatus))));

    /// <summary>The id under which orders of an alert are kept.</summary>
    private string SpokenForBy(Alert alert) =>
        (bundles.FindMember(alert.Id) is { } member ? bundles.Find(member.BundleKey) : FormerGroup(alert))?.Alert?.Id ?? alert.Id;

    // One that has cleared is a member no more. Its labels still tell its group, unless another has begun since.
    private Bundle? FormerGroup(Alert alert) =>
        alert.GroupKey.Length != 0 && bundles.Find(alert.GroupKey) is { Alert: { } first } group && group.IsLiveAt(scope.ForgottenBeforeTicks) && first.OpenedAtTicks <= alert.OpenedAtTicks
            ? group
            : null;
}
