using System.Collections.Immutable;

namespace AlertEngine.Rules.Matching;

/// <summary>
/// Which events a rule, or a step of it, takes: equalities only, because the rule index is built on them. An empty list admits every value.
/// </summary>
/// <param name="Types">CloudEvents types.</param>
/// <param name="Devices">Device ids.</param>
/// <param name="Districts">District codes.</param>
/// <param name="Streets">Street codes.</param>
/// <param name="Sources">CloudEvents sources.</param>
/// <param name="AlertRules">Rule ids whose alerts the source takes (<c>source: { alert: … }</c>, city scope only).</param>
public sealed record SourceSelector(
    ImmutableArray<string> Types,
    ImmutableArray<string> Devices,
    ImmutableArray<string> Districts,
    ImmutableArray<string> Streets,
    ImmutableArray<string> Sources,
    ImmutableArray<string> AlertRules)
{
    /// <summary>Takes every event.</summary>
    public static SourceSelector Any { get; } = new([], [], [], [], [], []);

    /// <summary>Whether the event passes all equalities.</summary>
    public bool Admits(EventRecord @event) =>
        Holds(Types, @event.Type) && Holds(Districts, @event.District) && Holds(Devices, @event.Device)
        && Holds(Streets, @event.Street) && Holds(Sources, @event.Source)
        && (AlertRules.IsEmpty ? @event.Type != AlertEvent.Type : AlertEvent.IsOf(@event, AlertRules));

    private static bool Holds(ImmutableArray<string> admitted, string value) => admitted.IsEmpty || admitted.Contains(value);
}
