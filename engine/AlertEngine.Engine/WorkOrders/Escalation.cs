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
        EscalationStep step = steps[index];
        WorkOrder taken = order with { EscalationsTaken = order.EscalationsTaken | (1u << index) };
        bool rises = IsBelow(order, step.To, setting.City);
        Severity severity = Max(order.Alert.Severity, step.Severity);
        if (!rises && severity == order.Alert.Severity)
            return taken;
        WorkOrder graver = taken with
        {
            Revision = order.Revision + 1,
            RevisedAtTicks = atTicks,
            Operation = OrderOperation.Updated,
            EscalationReason = EscalationWords.Reason(order, step),
            Alert = order.Alert with { Severity = severity, SeverityFloor = Max(order.Alert.SeverityFloor, step.Severity) },
        };
        return rises ? Rise(graver, step.To, graver.EscalationReason, setting, atTicks) : graver;
    }

    /// <summary>The city's order that an order belongs to is told it, and where its command level is higher takes it along. One that has ended stays where it is.</summary>
    /// <param name="order">The district's order.</param>
    /// <param name="parentId">The city's order.</param>
    /// <param name="level">The level of the city's order.</param>
    /// <param name="setting">The surroundings.</param>
    /// <param name="atTicks">When.</param>
    /// <returns>The next revision; the order as it is where it says all that already.</returns>
    public static WorkOrder Join(WorkOrder order, string parentId, string level, EscalationSetting setting, long atTicks)
    {
        bool rises = IsRunning(order) && IsBelow(order, level, setting.City);
        if (!rises && order.ParentId == parentId)
            return order;
        WorkOrder joined = order with { Revision = order.Revision + 1, RevisedAtTicks = atTicks, Operation = OrderOperation.Updated, ParentId = parentId };
        return rises ? Rise(joined, level, EscalationWords.Joined(parentId), setting, atTicks) : joined;
    }

    private static bool IsBelow(WorkOrder order, string level, CityModel city) => city.Levels.IndexOf(level) > city.Levels.IndexOf(order.CommandLevel);

    private static WorkOrder Rise(WorkOrder order, string level, string? reason, EscalationSetting setting, long atTicks) => order with
    {
        CommandLevel = level,
        CommandUnit = DutyRoster.HolderOf(setting.City, level, order.Alert.Place.District, atTicks, setting.ContextAt(atTicks)),
        Operation = OrderOperation.Escalated,
        EscalationSequence = order.EscalationSequence + 1,
        EscalationReason = reason,
    };

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
