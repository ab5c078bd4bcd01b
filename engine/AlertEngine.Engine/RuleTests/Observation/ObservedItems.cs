using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.WorkOrders;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Gives alerts and orders the fields that expectations name.</summary>
internal static class ObservedItems
{
    /// <summary>A firing alert; its routes are the leads of its orders.</summary>
    public static ObservedItem Firing(Alert alert, ImmutableArray<string> routes) => new(
    [
        One("rule", alert.RuleId),
        One("key", alert.Key),
        One("severity", Words.Of(alert.Severity)),
        new ObservedField("route", routes),
        new ObservedField("title", alert.Title.Zh == alert.Title.En ? [alert.Title.Zh] : [alert.Title.Zh, alert.Title.En]),
        One("title.zh", alert.Title.Zh),
        One("title.en", alert.Title.En),
        One("mergedCount", Number(alert.MergedCount)),
        One("labels.district", alert.Place.District),
        One("labels.street", alert.Place.Street),
        One("labels.grid", alert.Place.Grid),
        One("labels.status", Words.Of(alert.EventStatus)),
        One("labels.late", alert.IsLate ? "true" : "false"),
        One("labels.dedupKey", alert.DedupKey),
    ]);

    /// <summary>An alert that cleared.</summary>
    public static ObservedItem Resolved(AlertNotice notice) => new(
    [
        One("rule", notice.Alert.RuleId), One("key", notice.Alert.Key), One("severity", Words.Of(notice.Alert.Severity)), One("reason", Words.Of(notice.Alert.Reason)),
    ]);

    /// <summary>A detection that joined an alert instead of opening its own, or an opening that is held back; null where the change is neither.</summary>
    public static ObservedItem? Suppressed(AlertNotice notice) => notice switch
    {
        { Merged: { } merged } => Suppressed(merged.RuleId, merged.Key, "merge"),
        { SuppressedBy: { } suppression, Change: AlertChange.Opened } => Suppressed(notice.Alert.RuleId, notice.Alert.Key, suppression.By),
        _ => null,
    };

    private static ObservedItem Suppressed(string rule, string key, string by) => new([One("rule", rule), One("key", key), One("by", by)]);

    /// <summary>A revision of an order: one, however many topics it goes to.</summary>
    public static ObservedItem Order(WorkOrder order, ImmutableArray<string> topics) => new(
    [
        One("route", order.Lead),
        One("lead", order.Lead),
        One("level", order.CommandLevel),
        One("revision", Number(order.Revision)),
        One("operation", OrderDocument.Word(order.Operation)),
        One("status", OrderDocument.Word(order.Status)),
        new ObservedField("topic", topics),
        One("rule", order.Alert.RuleId),
        One("key", order.Alert.Key),
        One("severity", Words.Of(order.Alert.Severity)),
    ]);

    private static ObservedField One(string name, string value) => new(name, [value]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
