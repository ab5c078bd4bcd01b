using System.Collections.Immutable;

namespace AlertEngine.Rules.Matching;

/// <summary>
/// The event that an alert is to rules which take alerts (<c>source: { alert: rule-id }</c>): one when it opens or opens again. Beside what every
/// event has, its place and its instant, it has the alert's rule, key and severity; its device is the key.
/// </summary>
public static class AlertEvent
{
    /// <summary>The type of these events.</summary>
    public const string Type = "city.alert.opened.v1";

    /// <summary><c>event.rule</c>: the rule that opened the alert.</summary>
    public const string Rule = "rule";

    /// <summary><c>event.key</c>: its key.</summary>
    public const string Key = "key";

    /// <summary><c>event.severity</c>: how grave it was at its opening.</summary>
    public const string Severity = "severity";

    /// <summary>The fields, all of them texts and direct members of <c>data</c>.</summary>
    public static ImmutableArray<string> Fields { get; } = [Rule, Key, Severity];

    /// <summary>Whether an event is one of these and of one of these rules.</summary>
    public static bool IsOf(EventRecord @event, ImmutableArray<string> rules) =>
        @event.Type == Type && @event.Layout.Record.Find(Rule) is { } field && @event.Slots[field.Slot].AsString is { } rule && rules.Contains(rule);
}
