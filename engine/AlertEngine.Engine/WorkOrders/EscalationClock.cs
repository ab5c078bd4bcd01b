using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>When steps that wait for time are due, on people's time: elapsed, a share of a limit in its own unit, or a mode. Pure.</summary>
public static class EscalationClock
{
    /// <summary>The instant of a step; null where no time sets it off, or its limit is not set.</summary>
    public static long? DueTicks(WorkOrder order, EscalationStep step, EscalationSetting setting) => step.Trigger switch
    {
        ElapsedTrigger { After: var after } => StartOf(order, step) + (long)after.TotalTicks,
        LimitTrigger limit => LimitTicks(order, limit, setting.City),
        ModeTrigger { Mode: var mode } => setting.ModeFrom(mode, order.EscalationStartTicks),
        _ => null,
    };

    /// <summary>One limit of an order; null where it has none.</summary>
    public static long? LimitOf(OrderDeadlines deadlines, SlaStage stage) => stage switch
    {
        SlaStage.Acknowledge => deadlines.AcknowledgeByTicks,
        SlaStage.Arrive => deadlines.ArriveByTicks,
        _ => deadlines.ResolveByTicks,
    };

    // Who got the order by a reassignment has its own time to acknowledge it; all else goes on from the dispatch.
    private static long StartOf(WorkOrder order, EscalationStep step) => step.Until == "acknowledged" ? order.HandedOverTicks : order.EscalationStartTicks;

    private static long? LimitTicks(WorkOrder order, LimitTrigger trigger, CityModel city)
    {
        if (LimitOf(order.Deadlines, trigger.Limit) is not { } byTicks || trigger.SpentPercent >= 100)
            return LimitOf(order.Deadlines, trigger.Limit);
        long startTicks = Math.Min(order.EscalationStartTicks, byTicks);
        return order.Deadlines.Plan?.LimitOf(trigger.Limit)?.Unit is SlaUnit.WorkHours or SlaUnit.Workdays
            ? SlaClock.AfterShare(order.Deadlines.Plan, city, startTicks, byTicks, trigger.SpentPercent)
            : startTicks + (long)((Int128)(byTicks - startTicks) * trigger.SpentPercent / 100);
    }
}
