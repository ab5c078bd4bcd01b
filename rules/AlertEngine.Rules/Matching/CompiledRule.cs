using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>How far a rule is on its way to the street.</summary>
public enum RuleStage
{
    /// <summary>Compiled and tested only.</summary>
    Draft = 0,

    /// <summary>Evaluated on live data and recorded, nothing routed.</summary>
    Shadow,

    /// <summary>Alerts and orders go out.</summary>
    Live,

    /// <summary>Kept for history.</summary>
    Retired,
}

/// <summary>Where a rule's state lives.</summary>
public enum RuleScope
{
    /// <summary>In the district of its events.</summary>
    District = 0,

    /// <summary>In the city lane.</summary>
    City,
}

/// <summary>What becomes of a rule's running state when the rule is edited.</summary>
public enum EditPolicy
{
    /// <summary>It goes on as it is.</summary>
    Keep = 0,

    /// <summary>It begins anew; what fires is cleared.</summary>
    Reset,

    /// <summary>It is made anew from recorded events.</summary>
    Rebuild,
}

/// <summary>What happens to an event that comes after its class's watermark.</summary>
public enum LatePolicy
{
    /// <summary>It is counted and not evaluated.</summary>
    Drop = 0,

    /// <summary>It is counted, evaluated, and its alert is marked late.</summary>
    Admit,
}

/// <summary>A rule, compiled: immutable, thread-safe, shared by all districts.</summary>
public sealed record CompiledRule
{
    /// <summary>Kebab-case, permanent.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's name for people.</summary>
    public required LocalText Name { get; init; }

    /// <summary>A hash of the rule as it stands in its file: two rules of one id and version are the same.</summary>
    public string Version { get; init; } = "";

    /// <summary>The pack it belongs to.</summary>
    public required string Pack { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>District or city.</summary>
    public RuleScope Scope { get; init; }

    /// <summary>How long events are waited for and put in order. Zero: order of arrival.</summary>
    public Duration Lateness { get; init; }

    /// <summary>What happens to later ones.</summary>
    public LatePolicy Late { get; init; }

    /// <summary>The detector.</summary>
    public required Detector Detector { get; init; }

    /// <summary>What the detector reads, one selector a source.</summary>
    public required ImmutableArray<SourceSelector> Sources { get; init; }

    /// <summary>The key expression of each source; its parts' values are joined by '|'.</summary>
    public required ImmutableArray<ImmutableArray<CelFunction>> Keys { get; init; }

    /// <summary>Whether the key of source i is simply the event's device: the commonest key, read without an expression.</summary>
    public required ImmutableArray<bool> KeyIsDevice { get; init; }

    /// <summary>The gate over <c>ctx</c>; null: always open. Asked when the context changes.</summary>
    public CelCondition? Active { get; init; }

    /// <summary>Keeps events out before the detector; null: all pass.</summary>
    public CelCondition? Where { get; init; }

    /// <summary>The rule without overrides.</summary>
    public required RuleVariant Base { get; init; }

    /// <summary>What overrides make of it, by selection.</summary>
    public ImmutableArray<RuleOverride> Overrides { get; init; } = [];

    /// <summary>The dedup key's parts; evaluated when an alert opens.</summary>
    public required ImmutableArray<CelFunction> DedupKey { get; init; }

    /// <summary>Within this time after clearing, the same dedup key reopens its alert instead of opening a new one.</summary>
    public Duration Reopen { get; init; }

    /// <summary>Geo-temporal merging with other alerts of the class (并案); null: none.</summary>
    public MergePlan? Merge { get; init; }

    /// <summary>Grouping of alerts into one order; null: none.</summary>
    public GroupPlan? Group { get; init; }

    /// <summary>The title, zh and en.</summary>
    public required TitlePlan Title { get; init; }

    /// <summary>What of the contributing events goes into the order; null: ids only.</summary>
    public EvidencePlan? Evidence { get; init; }

    /// <summary>The slots of events that its expressions read; default: not known, so all of them count as read.</summary>
    public ImmutableArray<int> EventReads { get; init; }

    /// <summary>The conditions of the detector, for the order's <c>rule.conditions</c> and for explanations.</summary>
    public ImmutableArray<RuleCondition> Conditions { get; init; } = [];

    /// <summary>Flapping thresholds; null: not watched.</summary>
    public FlappingPlan? Flapping { get; init; }

    /// <summary>Flood budget; null: unlimited.</summary>
    public FloodPlan? Flood { get; init; }

    /// <summary>Escalation steps, in order.</summary>
    public ImmutableArray<EscalationStep> Escalations { get; init; } = [];

    /// <summary>The command level an order starts at; null: the city's first.</summary>
    public string? Level { get; init; }

    /// <summary>Event class for the order: scheme and code; null: the rule's id under the scheme <c>alertengine</c>.</summary>
    public (string Scheme, string Code)? EventClass { get; init; }

    /// <summary>What becomes of an incident that opened and cleared during an outage; null: dispatched.</summary>
    public StalePlan? Stale { get; init; }

    /// <summary>What its alerts ask to be broadcast, one plan an audience.</summary>
    public ImmutableArray<BroadcastPlan> Broadcasts { get; init; } = [];

    /// <summary>The mode that its alerts switch to; null: none.</summary>
    public ModeSwitchPlan? ModeSwitch { get; init; }

    /// <summary>What becomes of running state when the rule is edited.</summary>
    public EditPolicy OnEdit { get; init; }

    /// <summary>What the rule is for one event: the base, or the base with the overrides that select its district and device and have not lapsed.</summary>
    public RuleVariant VariantFor(string district, string device, long timeTicks)
    {
        if (Overrides.IsEmpty)
            return Base;
        RuleVariant variant = Base;
        foreach (RuleOverride candidate in Overrides)
        {
            if (candidate.Selects(district, device, timeTicks))
                variant = candidate.Apply(variant);
        }

        return variant;
    }
}

/// <summary>A condition of a rule with the name people know it by.</summary>
/// <param name="Name">Where it stands: <c>hold.when</c>.</param>
/// <param name="Expression">The expression, for the interpreter that tells every value.</param>
public sealed record RuleCondition(string Name, CelExpression Expression)
{
    /// <summary>Names of sensitive fields that it reads: their values are shown to nobody.</summary>
    public ImmutableArray<string> SensitiveFields { get; init; } = [];
}
