using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>Why a step was taken, in the words of <c>escalationReason</c>.</summary>
internal static class EscalationWords
{
    public static string Reason(WorkOrder order, EscalationStep step) => step.Trigger switch
    {
        ElapsedTrigger { After: var after } => $"not {step.Until} within {CelFormat.Span(after)}",
        LimitTrigger { SpentPercent: < 100 } limit => $"{limit.SpentPercent}% of the limit to {Word(limit.Limit)} is gone",
        LimitTrigger limit => $"overdue: the limit to {Word(limit.Limit)} has passed",
        SeverityTrigger => $"severity is {Words.Of(order.Alert.Severity)}",
        RecurrenceTrigger recurrence => $"the same place again: {recurrence.Times} times within {CelFormat.Span(recurrence.Within)}",
        DistrictsTrigger => $"{order.Alert.Districts.Length} districts: {string.Join(", ", order.Alert.Districts)}",
        ModeTrigger { Mode: var mode } => $"mode is {mode}",
        _ => "",
    };

    public static string Joined(string parentId) => $"joined the city's order {parentId}";

    private static string Word(SlaStage stage) => stage.ToString().ToLowerInvariant();
}
