using System.Collections.Immutable;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// The openings of one place (rule and key) that its steps of recurrence count. An order takes them over from the order before it at its place,
/// so that nothing is kept for places that are quiet. Pure.
/// </summary>
internal static class Recurrence
{
    /// <summary>The longest time that a rule's steps look back; zero where none does.</summary>
    public static Duration SpanOf(CompiledRule? rule) => rule is null ? Duration.Zero
        : rule.Escalations.Select(step => step.Trigger).OfType<RecurrenceTrigger>().Select(trigger => trigger.Within).DefaultIfEmpty(Duration.Zero).Max();

    /// <summary>The openings with one more, without those that nobody counts any more.</summary>
    public static ImmutableArray<long> After(ImmutableArray<long> openings, long atTicks, CompiledRule rule)
    {
        Duration span = SpanOf(rule);
        if (span == Duration.Zero)
            return [];
        long fromTicks = atTicks - (long)span.TotalTicks;
        return [.. openings.Where(opening => opening >= fromTicks).TakeLast(RecurrenceTrigger.TimesMax - 1), atTicks];
    }

    public static bool IsMet(ImmutableArray<long> openings, RecurrenceTrigger trigger) =>
        !openings.IsEmpty && openings.Count(opening => opening >= openings[^1] - (long)trigger.Within.TotalTicks) >= trigger.Times;
}
