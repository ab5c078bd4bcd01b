using System.Collections.Immutable;
using System.Globalization;

namespace AlertEngine.Rules.Matching;

/// <summary>
/// The event that an alert is to rules which take alerts (<c>source: { alert: rule-id }</c>): one when it opens or opens again. Beside what every
/// event has, its place and its instant, it has the alert's rule, key, severity and order; its device is the key, its id that of the alert and its revision.
/// </summary>
public static class AlertEvent
{
    private const char RevisionSeparator = '-';

    /// <summary>The type of these events.</summary>
    public const string Type = "city.alert.opened.v1";

    /// <summary><c>event.rule</c>: the rule that opened the alert.</summary>
    public const string Rule = "rule";

    /// <summary><c>event.key</c>: its key.</summary>
    public const string Key = "key";

    /// <summary><c>event.severity</c>: how grave it was at its opening.</summary>
    public const string Severity = "severity";

    /// <summary><c>event.order</c>: its first work order; empty where it has none of its own.</summary>
    public const string Order = "order";

    /// <summary>The fields, all of them texts and direct members of <c>data</c>.</summary>
    public static ImmutableArray<string> Fields { get; } = [Rule, Key, Severity, Order];

    /// <summary>Whether an event is one of these and of one of these rules.</summary>
    public static bool IsOf(EventRecord @event, ImmutableArray<string> rules) =>
        @event.Type == Type && @event.Layout.Record.Find(Rule) is { } field && @event.Slots[field.Slot].AsString is { } rule && rules.Contains(rule);

    /// <summary>The id of such an event.</summary>
    public static string IdOf(string alertId, int revision) => string.Create(CultureInfo.InvariantCulture, $"{alertId}{RevisionSeparator}{revision}");

    /// <summary>The alert's id, as the event's tells it.</summary>
    public static string AlertIdOf(EventRecord @event) =>
        @event.Id.LastIndexOf(RevisionSeparator) is > 0 and var end ? @event.Id[..end] : @event.Id;

    /// <summary>The alert's work order; null where the event names none.</summary>
    public static string? OrderIdOf(EventRecord @event) =>
        @event.Layout.Record.Find(Order) is { } field && @event.Slots[field.Slot].AsString is { Length: > 0 } order ? order : null;
}
