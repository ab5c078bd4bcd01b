using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// What tests of suppression are made of: rules that are up while their bit is set, minutes, and the story that comes out.
/// </summary>
internal static class Suppressed
{
    public static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    public static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);

    /// <summary>A rule that is up while its bit is set in the value.</summary>
    public static CompiledRule Rule(string id, int bit)
    {
        bool IsUp(CelFrame frame) => ((int)frame.Records[FrameRecords.Event][TestRules.ValueSlot].AsDouble & bit) != 0;
        var detector = new EachDetector(new EachOptions(new CelCondition(IsUp, frame => !IsUp(frame))) { Clear = new ClearOptions(new CelCondition(frame => !IsUp(frame), IsUp)) });
        return TestRules.Rule(id, detector, Duration.Zero, LatePolicy.Admit) with { Reopen = Duration.FromHours(1) };
    }

    /// <summary>The rule, red while bit 4 is set.</summary>
    public static CompiledRule Raised(CompiledRule rule) =>
        rule with { Base = rule.Base with { Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(3), Severity.Red)]) } };

    /// <summary>The bits of the rules that are up on a device from a minute on.</summary>
    public static EventRecord Event(double minute, int bits, string device = "dev-1", EventStatus status = EventStatus.Actual) =>
        TestRules.Event($"e{minute}-{device}", device, At(minute), bits, status);

    /// <summary>An event a minute, with the bits of the rules that are up then.</summary>
    public static EventRecord[] Minutes(int count, params (int Bit, int From, int Until)[] spans) =>
        [.. Enumerable.Range(0, count).Select(minute => Event(minute, spans.Where(span => minute >= span.From && minute < span.Until).Sum(span => span.Bit)))];

    public static SilenceCommand Silence(string id, double from, double until) => new(id, false, At(from), "officer", "works") { UntilTicks = At(until) };

    /// <summary>While an alert of one rule fires, those of another on the same device are held.</summary>
    public static InhibitPlan Inhibit(string source, string target, Severity? below = null) => new(
        new AlertSelector([source], null), new AlertSelector([target], below), [DeviceLabel], ["event.device"]);

    public static CelFunction DeviceLabel { get; } = frame => frame.Records[FrameRecords.Event][EventSlots.Device];

    public static KernelRun Run(ImmutableArray<InhibitPlan> inhibitions, params CompiledRule[] rules) =>
        new(TestRules.Set([.. rules]) with { Inhibitions = inhibitions });

    /// <summary>The story of the alerts of one rule and device.</summary>
    public static string StoryOf(KernelRun run, string rule, string key) =>
        string.Join(", ", Lines(run, output => output.Kind == OutputKind.Alert && KeyOf(output) == key).Where(line => line.Rule == rule).Select(line => line.Text));

    /// <summary>The story of one rule's orders.</summary>
    public static string OrdersOf(KernelRun run, string rule) =>
        string.Join(", ", Lines(run, output => output.Kind == OutputKind.WorkOrder).Where(line => line.Rule == rule).Select(line => line.Text));

    /// <summary>The story of one rule's alerts, without the orders.</summary>
    public static string StoryOf(KernelRun run, string rule) =>
        string.Join(", ", Lines(run, output => output.Kind == OutputKind.Alert).Where(line => line.Rule == rule).Select(line => line.Text));

    private static string? KeyOf(Output output) => JsonDocument.Parse(output.Value).RootElement.GetProperty("data").GetProperty("key").GetString();

    private static IEnumerable<(string Rule, string Text)> Lines(KernelRun run, Func<Output, bool> isMeant) => run.Outputs.Where(isMeant).Select(output =>
    {
        JsonElement data = JsonDocument.Parse(output.Value).RootElement.GetProperty("data");
        string line = KernelStory.Line(Start)(output);
        string text = data.TryGetProperty("suppressedBy", out JsonElement by) ? $"{line} by {by.GetString()}" : line;
        return (data.GetProperty("rule").GetProperty("id").GetString()!, text);
    });
}
