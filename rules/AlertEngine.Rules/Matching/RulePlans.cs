using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>Geo-temporal merging (并案): an alert of the same class within so many meters and so much time joins the older one.</summary>
public sealed record MergePlan(double Meters, Duration Time, Duration MaxSpan);

/// <summary>Grouping: alerts with equal labels join one order; <paramref name="Wait"/> before the first, <paramref name="Interval"/> between revisions.</summary>
public sealed record GroupPlan(ImmutableArray<CelFunction> By, ImmutableArray<string> Labels, Duration Wait, Duration Interval);

/// <summary>Evidence: the latest events' declared fields.</summary>
/// <param name="KeepEvents">1 to 32.</param>
/// <param name="Fields">The fields, each with the name the order gives it.</param>
public sealed record EvidencePlan(int KeepEvents, ImmutableArray<EvidenceField> Fields);

/// <summary>A field of the evidence.</summary>
public sealed record EvidenceField(string Name, CelFunction Value, bool IsSensitive);

/// <summary>Shares of the last 20 changes: above <paramref name="High"/> held, below <paramref name="Low"/> free again.</summary>
public sealed record FlappingPlan(double Low, double High);

/// <summary>At most so many orders per district and rule in so much time; overflow becomes one storm order.</summary>
public sealed record FloodPlan(int Budget, Duration Per);

/// <summary>What an incident that is older than this when it is dispatched becomes.</summary>
public sealed record StalePlan(Duration OlderThan, bool IsFiledOnly);

/// <summary>What is asked to be broadcast (云广播) to an audience while an alert of the rule is at least so grave.</summary>
/// <param name="Audience">Who is meant: <c>residents</c>, <c>schools</c>.</param>
/// <param name="SeverityFrom">From which severity on.</param>
/// <param name="Text">What is said, in words for this audience.</param>
public sealed record BroadcastPlan(string Audience, Severity SeverityFrom, TitlePlan Text);

/// <summary>While an alert of the rule is at least so grave, the mode of its district is another: switched so long behind the event that said so.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="SeverityFrom">From which severity on, before the mode's own steps: a mode that raises severities must not hold itself.</param>
/// <param name="Delay">How long after the event, at least the rule's lateness: events that come out of order are then before it or after it, not both.</param>
public sealed record ModeSwitchPlan(string Mode, Severity SeverityFrom, Duration Delay);

/// <summary>A title in both languages, each a sequence of literal and computed parts.</summary>
public sealed record TitlePlan(ImmutableArray<TitlePart> Zh, ImmutableArray<TitlePart> En);

/// <summary>A part of a title: literal text, or an expression with an optional number format.</summary>
public sealed record TitlePart(string? Literal, CelFunction? Value, string? Format, bool IsSensitive);

/// <summary>While a source alert fires, targets with equal labels are held back.</summary>
public sealed record InhibitPlan(
    AlertSelector Source, AlertSelector Target, ImmutableArray<CelFunction> EqualLabels, ImmutableArray<string> EqualNames);

/// <summary>Which alerts an inhibition means.</summary>
/// <param name="Rules">Rule ids; empty: all.</param>
/// <param name="Below">Only alerts below this severity; null: all.</param>
public sealed record AlertSelector(ImmutableArray<string> Rules, Severity? Below)
{
    /// <summary>Whether alerts of a rule are meant, however grave.</summary>
    public bool Takes(string ruleId) => Rules.IsEmpty || Rules.Contains(ruleId);

    /// <summary>Whether an alert of a rule is meant at its present severity.</summary>
    public bool Takes(string ruleId, Severity severity) => Takes(ruleId) && (Below is not { } below || severity < below);
}
