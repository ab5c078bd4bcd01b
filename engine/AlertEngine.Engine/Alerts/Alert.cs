using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>Whether an alert fires.</summary>
public enum AlertStatus
{
    /// <summary>At least one contributor fires.</summary>
    Firing = 0,

    /// <summary>The last contributor has cleared.</summary>
    Cleared,

    /// <summary>A single shot: it fired at its instant and never clears.</summary>
    Shot,
}

/// <summary>One key of one rule that keeps an alert firing.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Key">The key, with the mark of a drill where the events are of one.</param>
/// <param name="Instance">The incident within the key.</param>
/// <param name="Severity">How grave this contributor is at present; the alert is as grave as its gravest.</param>
public sealed record Contributor(string RuleId, string Key, string Instance, Severity Severity)
{
    /// <summary>The key with the mark of a drill: its keys are not those of what is real.</summary>
    public static string MarkedKey(EventStatus status, string key) => Mark(status) + key;

    /// <summary>The key as people know it.</summary>
    /// <param name="status">That of the alert's events.</param>
    public string KeyWithout(EventStatus status) => Key[Mark(status).Length..];

    private static string Mark(EventStatus status) => status == EventStatus.Actual ? "" : $"{Words.Of(status)}|";
}

/// <summary>An event that an alert or order refers to.</summary>
public readonly record struct EventReference(string Source, string Id);

/// <summary>
/// An alert: one incident by its dedup key, however many detections contribute. Immutable; the book replaces it.
/// Instants are ticks of 100 ns since the Unix epoch, in event time.
/// </summary>
public sealed record Alert
{
    /// <summary>How many contributing events an alert refers to.</summary>
    public const int RelatedEventLimit = 32;

    /// <summary>Deterministic: see <see cref="AlertId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Which message of this alert was the last, from 1: every message of an alert has an id of its own.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The rule that opened it.</summary>
    public required string RuleId { get; init; }

    /// <summary>The key that opened it, as people know it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is merged by.</summary>
    public required string DedupKey { get; init; }

    /// <summary>Whether it fires.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>The gravest of its contributors, or the floor.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The severity it may not fall below until it clears: set by an escalation.</summary>
    public Severity SeverityFloor { get; init; }

    /// <summary>What its events are worth.</summary>
    public EventStatus EventStatus { get; init; }

    /// <summary>Whether the opening event came after the watermark.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether the rule is only watched (stage shadow): recorded, never routed.</summary>
    public bool IsShadow { get; init; }

    /// <summary>When it opened.</summary>
    public required long OpenedAtTicks { get; init; }

    /// <summary>When it last cleared, or last fired as a single shot.</summary>
    public long? EndedAtTicks { get; init; }

    /// <summary>Until when an ended alert is kept, so that it can reopen: its end plus the rule's <c>reopen</c>.</summary>
    public long KeptUntilTicks { get; init; }

    /// <summary>Why it cleared.</summary>
    public ClearReason Reason { get; init; }

    /// <summary>How many detections contributed so far.</summary>
    public required int MergedCount { get; init; }

    /// <summary>How often it opened again within its rule's <c>reopen</c>.</summary>
    public int ReopenedCount { get; init; }

    /// <summary>What keeps it firing.</summary>
    public required ImmutableArray<Contributor> Contributors { get; init; }

    /// <summary>The title as last rendered.</summary>
    public required LocalText Title { get; init; }

    /// <summary>The opening event; null where a timer opened it without any.</summary>
    public EventReference? OpenedBy { get; init; }

    /// <summary>The latest contributing events, oldest first.</summary>
    public ImmutableArray<EventReference> RelatedEvents { get; init; } = [];

    /// <summary>The districts of its events, in the order of their appearance: more than one only in the city lane.</summary>
    public ImmutableArray<string> Districts { get; init; } = [];

    /// <summary>The districts' alerts that a rule of the city found it in, oldest first; empty elsewhere.</summary>
    public ImmutableArray<ChildAlert> Children { get; init; } = [];

    /// <summary>The evidence, oldest first: each a JSON object in UTF-8 text.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];

    /// <summary>The rule's conditions with their values at the opening: a JSON array in text.</summary>
    public string Conditions { get; init; } = "[]";

    /// <summary>Where it is.</summary>
    public required AlertPlace Place { get; init; }

    /// <summary>What inhibitions compare, as read at the opening.</summary>
    public ImmutableArray<AlertLabel> Labels { get; init; } = [];

    /// <summary>Rule and labels of the group that it joins; empty where it stands for itself.</summary>
    public string GroupKey { get; init; } = "";

    /// <summary>What an order that speaks for several alerts bundles them by: <c>group</c> or <c>flood</c>; empty for an alert of its own.</summary>
    public string BundledBy { get; init; } = "";

    /// <summary>What it merges with by place and time; empty where it does by its dedup key only.</summary>
    public string MergeClass { get; init; } = "";

    /// <summary>When a detection last joined it, the opening included: an incident nearby joins it within its rule's <c>time</c> of that.</summary>
    public long LastJoinedAtTicks { get; init; }

    /// <summary>Until when an incident nearby may join it; 0 where its rule merges by its dedup key only.</summary>
    public long JoinableUntilTicks { get; init; }

    /// <summary>From when on nobody asks for it any more, once it has ended.</summary>
    public long ForgottenAfterTicks => Math.Max(KeptUntilTicks, JoinableUntilTicks);

    /// <summary>Whether it counts among those firing.</summary>
    public bool IsFiring => Status == AlertStatus.Firing;
}

/// <summary>Where an alert is.</summary>
/// <param name="District">District code.</param>
/// <param name="Street">Street code, or empty.</param>
/// <param name="Grid">Grid code, or empty.</param>
/// <param name="Point">The opening event's position, else its device's; null where neither is known.</param>
public sealed record AlertPlace(string District, string Street, string Grid, GeoPoint? Point);
