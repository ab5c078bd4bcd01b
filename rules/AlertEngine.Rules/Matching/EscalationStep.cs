using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>One step of 提级: when its trigger is met, to a higher level, perhaps graver.</summary>
/// <param name="Trigger">What sets it off.</param>
/// <param name="Until">The state that stops it: <c>acknowledged</c>, <c>arrived</c>, <c>resolved</c>, <c>verified</c>, <c>closed</c>.</param>
/// <param name="To">The command level.</param>
/// <param name="Severity">The floor of the severity from then on; null: unchanged.</param>
public sealed record EscalationStep(EscalationTrigger Trigger, string Until, string To, Severity? Severity)
{
    /// <summary>The most steps of one rule: taken ones are remembered as bits.</summary>
    public const int StepsMax = 16;

    /// <summary>The commonest step: a state that was not reached in time.</summary>
    public EscalationStep(Duration after, string until, string to, Severity? severity)
        : this(new ElapsedTrigger(after), until, to, severity)
    {
    }
}

/// <summary>What sets a step off (DOMAIN §5). Immutable.</summary>
public abstract record EscalationTrigger;

/// <summary>So much time of people has passed: since the unit got the order where it is to be acknowledged, otherwise since dispatch or the last reopening.</summary>
/// <param name="After">Longer than nothing; the time on hold does not count.</param>
public sealed record ElapsedTrigger(Duration After) : EscalationTrigger;

/// <summary>So much of an SLA limit is gone, counted in the limit's own unit; at 100 it is overdue.</summary>
/// <param name="Limit">Which limit.</param>
/// <param name="SpentPercent">1 to 100.</param>
public sealed record LimitTrigger(SlaStage Limit, int SpentPercent) : EscalationTrigger;

/// <summary>The alert is at least so grave, from the start or by a rise.</summary>
/// <param name="AtLeast">How grave.</param>
public sealed record SeverityTrigger(Severity AtLeast) : EscalationTrigger;

/// <summary>The same place again: the rule and key of the alert opened so often within a time, this opening included.</summary>
/// <param name="Times">2 to <see cref="TimesMax"/>.</param>
/// <param name="Within">On people's time, both ends included.</param>
public sealed record RecurrenceTrigger(int Times, Duration Within) : EscalationTrigger
{
    /// <summary>The openings that an order remembers are bounded by it.</summary>
    public const int TimesMax = 100;
}

/// <summary>Events of so many districts have contributed: only in the city lane, where alerts of several districts meet.</summary>
/// <param name="AtLeast">2 or more.</param>
public sealed record DistrictsTrigger(int AtLeast) : EscalationTrigger;

/// <summary>The mode holds: open orders move up when it is switched on, others when they are dispatched under it.</summary>
/// <param name="Mode">The mode's word: <c>emergency</c>.</param>
public sealed record ModeTrigger(string Mode) : EscalationTrigger;

/// <summary>One of the three limits of an SLA.</summary>
public enum SlaStage
{
    /// <summary>Until acknowledged.</summary>
    Acknowledge = 0,

    /// <summary>Until somebody is on the spot.</summary>
    Arrive,

    /// <summary>Until dealt with.</summary>
    Resolve,
}
