using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using static AlertEngine.Engine.Tests.Alerts.Suppressed;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>A stretch of minutes, the end exclusive.</summary>
internal readonly record struct Span(int From, int Until);

/// <summary>
/// One alert, up for a stretch of minutes, and suppressors that hold for stretches of their own: the messages of the alert, once all is over.
/// Each suppressor is brought about as it would be in a city: a silence by a command, an inhibition by another rule on the device, a group's wait
/// by an earlier member, flapping by the key's own ups and downs, a flood by an order that takes the budget.
/// </summary>
internal static class AlgebraRun
{
    private const string Device = "target";
    private const int Up = 1;
    private const int Source = 2;

    /// <summary>What is told of the alert.</summary>
    /// <param name="alert">When it is up.</param>
    /// <param name="suppressors">The stages, with the stretches for which they hold.</param>
    public static string Story(Span alert, params (string Stage, Span Span)[] suppressors)
    {
        IReadOnlyDictionary<string, Span> spans = suppressors.ToDictionary(one => one.Stage, one => one.Span);
        KernelRun run = Run([Inhibit("a-source", "target")], Rule("a-source", Source), Target(spans, alert));
        if (spans.TryGetValue("silence", out Span silence))
            run.Command(Silence("s", silence.From, silence.Until) with { Key = Device });
        foreach (EventRecord @event in Stream(alert, spans))
            run.Events(@event).RestoreSnapshot();
        // The ups and downs that bring flapping about are no part of the story.
        string flips = spans.TryGetValue("flapping", out Span flapping) ? $"{flapping.From} " : "-";
        return string.Join(", ", StoryOf(run, "target", Device).Split(", ").Where(line => !line.StartsWith(flips, StringComparison.Ordinal)));
    }

    private static CompiledRule Target(IReadOnlyDictionary<string, Span> spans, Span alert)
    {
        CompiledRule rule = Rule("target", Up);
        if (spans.TryGetValue("group", out Span group))
            rule = Grouped(rule, Duration.FromMinutes(group.Until - group.From), isToldBefore: alert.From < group.From);
        if (spans.TryGetValue("flood", out Span flood))
            rule = rule with { Flood = new FloodPlan(1, Duration.FromMinutes(flood.Until - flood.From)) };
        // Two changes are told and two are held, which leaves people with what is.
        if (spans.ContainsKey("flapping"))
            rule = rule with { Flapping = new FlappingPlan(0.06, 0.125) };
        return rule;
    }

    // An alert that the group was told of meets the interval after a revision; one that opens meets the wait that an earlier member began.
    private static CompiledRule Grouped(CompiledRule rule, Duration hold, bool isToldBefore) => isToldBefore
        ? rule with { Group = new GroupPlan([GroupOf], ["group"], Duration.Zero, hold) }
        : rule with { Group = new GroupPlan([GroupOf], ["group"], hold, Duration.Zero), Reopen = Duration.Zero };

    // The alert and the earlier member are a group; whoever takes the flood's budget, and the ups and downs, are not.
    private static CelValue GroupOf(CelFrame frame)
    {
        CelValue[] slots = frame.Records[FrameRecords.Event];
        bool isMember = slots[EventSlots.Device].AsString is Device or "earlier" && !slots[EventSlots.Id].AsString!.Contains('.', StringComparison.Ordinal);
        return isMember ? CelValue.Of("group") : CelValue.Missing;
    }

    private static IEnumerable<EventRecord> Stream(Span alert, IReadOnlyDictionary<string, Span> spans)
    {
        int BitsAt(int minute) => (IsIn(minute, alert) ? Up : 0) | (spans.TryGetValue("inhibit", out Span inhibit) && IsIn(minute, inhibit) ? Source : 0);
        var events = new List<EventRecord>();
        for (int minute = 0; minute <= 70; minute++)
            events.Add(Event(minute, BitsAt(minute), Device));
        if (spans.TryGetValue("group", out Span group))
            events.Add(Event(group.From, Up, "earlier"));
        if (spans.TryGetValue("flood", out Span flood))
            events.Add(Event(flood.From, Up, "spender"));
        if (spans.TryGetValue("flapping", out Span flapping))
        {
            events.AddRange(Enumerable.Range(1, 4).Select(flip => Event(flapping.From + flip * 0.01, BitsAt(flapping.From) ^ (flip % 2), Device)));
            events.AddRange(Enumerable.Range(1, 22).Select(calm => Event(flapping.Until + calm * 0.001, BitsAt(flapping.Until), Device)));
        }

        return events.OrderBy(@event => @event.TimeTicks);
    }

    private static bool IsIn(int minute, Span span) => minute >= span.From && minute < span.Until;
}
