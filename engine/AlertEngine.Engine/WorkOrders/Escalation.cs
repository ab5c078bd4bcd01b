using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Route;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>A step that is to be taken, and when it is due.</summary>
/// <param name="Index">Its place among the rule's steps.</param>
/// <param name="AtTicks">On people's time.</param>
public readonly record struct EscalationDue(int Index, long AtTicks);

/// <summary>What escalation asks of its surroundings.</summary>
/// <param name="City">Levels, calendars and duty rosters.</param>
/// <param name="ModeFrom">From when on, at or after an instant, a mode holds as far as is known; null: never.</param>
/// <param name="ContextAt">What holds at an instant: scenes and holidays change who is on duty.</param>
public sealed record EscalationSetting(CityModel City, Func<string, long, long?> ModeFrom, Func<long, DistrictContext> ContextAt);

/// <summary>Moves an order up its levels (提级): each step once, while the state that stops it is not reached. Pure.</summary>
public static class Escalation
{
    /// <summary>
    /// The step of time that is due first, or null: all taken, stopped, or none. An outage of hours makes one revision a step, in the order of
    /// their instants, not one a tick.
    /// </summary>
    /// <param name="order">The order with its clocks.</param>
    /// <param name="steps">The rule's steps.</param>
    /// <param name="setting">The surroundings.</param>
    public static EscalationDue? NextDue(WorkOrder order, ImmutableArray<EscalationStep> steps, EscalationSetting setting)
    {
        EscalationDue? first = null;
        for (int i = 0; i < steps.Length && IsRunning(order); i++)
        {
            if (IsOpen(order, steps[i], i) && EscalationClock.DueTicks(order, steps[i], setting) is { } atTicks && !(first?.AtTicks <= atTicks))
                first = new EscalationDue(i, atTicks);
        }

        return first;
    }

    /// <summary>The first step that the order's present revision sets off by what it says, without any clock; null: none.</summary>
    public static int? NextMet(WorkOrder order, ImmutableArray<EscalationStep> steps)
    {
        for (int i = 0; i < steps.Length && IsRunning(order); i++)
        {
            if (IsOpen(order, steps[i], i) && IsMet(order, steps[i].Trigger))
                return i;
        }

        return null;
    }

    /// <summary>
    /// The order with a step taken. Where it neither rises nor gets graver nobody is told anything: the revision stays what it was, because each
    /// level is told once.
    /// </summary>
    public static WorkOrder Take(WorkOrder order, int index, ImmutableArray<EscalationStep> steps, EscalationSetting setting, long atTicks)
    {
        CityModel city = setting.City;
        EscalationStep step = steps[index];
        WorkOrder taken = order with { EscalationsTaken = order.EscalationsTaken | (1u << index) };
        bool rises = city.Levels.IndexOf(step.To) > city.Levels.IndexOf(order.CommandLevel);
        Severity severity = Max(order.Alert.Severity, step.Severity);
        if (!rises && severity == order.Alert.Severity)
            return taken;
        return taken with
        {
            Revision = order.Revision + 1,
            RevisedAtTicks = atTicks,
            CommandLevel = rises ? step.To : order.CommandLevel,
            CommandUnit = rises ? DutyRoster.HolderOf(city, step.To, order.Alert.Place.District, atTicks, setting.ContextAt(atTicks)) : order.CommandUnit,
            Operation = rises ? OrderOperation.Escalated : OrderOperation.Updated,
            EscalationSequence = order.EscalationSequence + (rises ? 1 : 0),
            EscalationReason = EscalationWords.Reason(order, step),
            Alert = order.Alert with { Severity = severity, SeverityFloor = Max(order.Alert.SeverityFloor, step.Severity) },
        };
    }

    /// <summary>Whether an order in this status has reached the named state.</summary>
    public static bool HasReached(OrderStatus status, string state) => status is OrderStatus.Closed or OrderStatus.Cancelled || Rank(status) >= state switch
    {
        "acknowledged" => Rank(OrderStatus.Acknowledged),
        "arrived" => Rank(OrderStatus.Arrived),
        "resolved" => Rank(OrderStatus.Resolved),
        "verified" => Rank(OrderStatus.Verified),
        _ => Rank(OrderStatus.Closed),
    };

    // A hold stops everything, and so does the end of the alert (RULES §10): what is no more needs nobody higher.
    private static bool IsRunning(WorkOrder order) =>
        order.IsOpen && order.Status != OrderStatus.Suspended && order.Alert.Status != Alerts.AlertStatus.Cleared;

    private static bool IsOpen(WorkOrder order, EscalationStep step, int index) =>
        (order.EscalationsTaken & (1u << index)) == 0 && !HasReached(order.Status, step.Until);

    private static bool IsMet(WorkOrder order, EscalationTrigger trigger) => trigger switch
    {
        SeverityTrigger { AtLeast: var least } => order.Alert.Severity >= least,
        DistrictsTrigger { AtLeast: var least } => order.Alert.Districts.Length >= least,
        RecurrenceTrigger recurrence => Recurrence.IsMet(order.OpeningsTicks, recurrence),
        _ => false,
    };

    private static int Rank(OrderStatus status) => status switch
    {
        OrderStatus.Acknowledged => 1,
        OrderStatus.Arrived => 2,
        OrderStatus.Resolved => 3,
        OrderStatus.Verified => 4,
        OrderStatus.Closed or OrderStatus.Cancelled => 5,
        _ => 0,
    };

    private static Severity Max(Severity severity, Severity? floor) => floor is { } value && value > severity ? value : severity;
}
