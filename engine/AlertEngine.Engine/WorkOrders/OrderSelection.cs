using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression.Bundles;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// Which orders a command means. People name what they see, a rule and a key; the order that speaks for it may be that of the alert it was
/// merged into, or of its group or storm, and bears another key. Owned by one district; not thread-safe.
/// </summary>
internal sealed class OrderSelection(OrderBook orders, AlertBook alerts, BundleBook bundles)
{
    /// <summary>The orders in the order of their dispatch.</summary>
    public IEnumerable<WorkOrder> Of(OrderCommand command)
    {
        HashSet<string> spokenFor = command is { RuleId: null, Key: null } ? [] : [.. alerts.All.Where(alert => IsMeant(command, alert)).Select(SpokenForBy)];
        return orders.All
            .Where(order => command.SelectsOrder(order) && (command.SelectsAlert(order.Alert.RuleId, order.Alert.Key) || spokenFor.Contains(order.Alert.Id)))
            .OrderBy(order => order.DispatchedAtTicks).ThenBy(order => order.Id, StringComparer.Ordinal);
    }

    private static bool IsMeant(OrderCommand command, Alert alert) =>
        command.SelectsAlert(alert.RuleId, alert.Key)
        || alert.Contributors.Any(contributor => command.SelectsAlert(contributor.RuleId, contributor.KeyWithout(alert.EventStatus)));

    /// <summary>The id under which orders of an alert are kept. One that has cleared is still found by its group.</summary>
    private string SpokenForBy(Alert alert)
    {
        string? bundle = bundles.FindMember(alert.Id)?.BundleKey ?? (alert.GroupKey.Length == 0 ? null : alert.GroupKey);
        return bundle is null ? alert.Id : bundles.Find(bundle)?.Alert?.Id ?? alert.Id;
    }
}
