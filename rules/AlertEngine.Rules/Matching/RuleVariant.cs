using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>What overrides may change of a rule: params, stage, severity, routes, SLA, exception values. Never a condition.</summary>
public sealed record RuleVariant
{
    /// <summary>The values of <c>params</c>, as the record <see cref="FrameRecords.Params"/>.</summary>
    public required CelValue[] Params { get; init; }

    /// <summary>How far the rule is.</summary>
    public required RuleStage Stage { get; init; }

    /// <summary>How grave its alerts are.</summary>
    public required SeverityPlan Severity { get; init; }

    /// <summary>Who must act.</summary>
    public required ImmutableArray<RoutePlan> Routes { get; init; }

    /// <summary>Within which time; null: no limits.</summary>
    public SlaPlan? Sla { get; init; }

    /// <summary>Events that are kept out, by name of the exception.</summary>
    public ImmutableArray<ExceptionPlan> Exceptions { get; init; } = [];
}

/// <summary>One override: whom it selects, until when, and what it sets.</summary>
/// <param name="Districts">Selected districts; empty: all.</param>
/// <param name="Devices">Selected devices; empty: all.</param>
/// <param name="LapsesAtTicks">The instant from which it no longer holds (local midnight after <c>expires</c>).</param>
/// <param name="Apply">The variant with what it sets. The results are built once, when the rules are compiled.</param>
public sealed record RuleOverride(
    ImmutableArray<string> Districts, ImmutableArray<string> Devices, long LapsesAtTicks, Func<RuleVariant, RuleVariant> Apply)
{
    /// <summary>Whether it holds for an event.</summary>
    public bool Selects(string district, string device, long timeTicks) =>
        timeTicks < LapsesAtTicks
        && (Districts.IsEmpty || Districts.Contains(district))
        && (Devices.IsEmpty || Devices.Contains(device));
}

/// <summary>Base severity and the conditions that raise it; the highest that holds wins.</summary>
public sealed record SeverityPlan(Severity Base, ImmutableArray<SeverityRaise> Raises);

/// <summary>One <c>raise</c>.</summary>
public sealed record SeverityRaise(CelCondition When, Severity To);

/// <summary>One route: first match wins unless it says to continue. <see cref="To"/> is lead, then co-handlers.</summary>
public sealed record RoutePlan(CelCondition? When, string? WhenSource, ImmutableArray<string> To, bool Continues);

/// <summary>An exception: a row that equals all fields keeps the event out.</summary>
public sealed record ExceptionPlan(string Name, ImmutableArray<CelFunction> Fields, ImmutableHashSet<string> Rows)
{
    /// <summary>The separator between the values of a row; it occurs in no value that people write.</summary>
    public const char RowSeparator = '\u001f';
}

/// <summary>What an SLA limit is counted in.</summary>
public enum SlaUnit
{
    /// <summary>Elapsed time (时).</summary>
    Hours = 0,

    /// <summary>Time within working hours (工作时).</summary>
    WorkHours,

    /// <summary>Working days (工作日).</summary>
    Workdays,
}

/// <summary>A limit: so much of a unit.</summary>
/// <param name="Amount">Elapsed time for <see cref="SlaUnit.Hours"/> and <see cref="SlaUnit.WorkHours"/>; whole days for <see cref="SlaUnit.Workdays"/>.</param>
/// <param name="Unit">What it is counted in.</param>
public sealed record SlaLimit(Duration Amount, SlaUnit Unit);

/// <summary>A named or inline SLA.</summary>
public sealed record SlaPlan(string? Name, SlaLimit? Acknowledge, SlaLimit? Arrive, SlaLimit? Resolve, string? CalendarId)
{
    /// <summary>One of its limits; null where it sets none.</summary>
    public SlaLimit? LimitOf(SlaStage stage) => stage switch
    {
        SlaStage.Acknowledge => Acknowledge,
        SlaStage.Arrive => Arrive,
        _ => Resolve,
    };
}
