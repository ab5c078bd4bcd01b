using System.Collections.Frozen;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: a rule switches the mode of its district at one point of event time, as a command does, and gives it back when its last alert ends.
/// Method: one district's kernel; a rule of warnings (value 100 and more, ended by a value below 50 of the same device) beside one of readings.
/// </summary>
public sealed class RuleModeSwitchTests
{
    private const int DelaySeconds = 5;
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 1, 0, 0);

    [Fact]
    public void Every_event_before_the_switch_is_judged_by_the_old_mode_and_every_later_one_by_the_new_whatever_came_first()
    {
        // The warning of second 55 comes after readings of up to second 59, and takes effect at 60; the readings around that come shuffled.
        EventRecord[] stream = [Reading(57), Reading(59), Warning(55), .. new[] { 61, 58, 60, 56, 63, 59.5, 62, 65 }.Select(Reading)];
        string[] expected = ["S56 yellow", "S57 yellow", "S58 yellow", "S59 yellow", "S59.5 yellow", "S60 orange", "S61 orange", "S62 orange", "S63 orange", "S65 orange"];
        string whole = "";
        for (int batch = stream.Length; batch > 0; batch--)
        {
            KernelRun run = new KernelRun(Rules()).Pass(At(0));
            foreach (EventRecord[] cut in stream.Chunk(batch))
                run.Events(cut).Recover();
            run.Pass(At(120));
            Assert.Equal(expected, run.Orders.Select(Line).Where(line => line[0] == 'S'));
            whole = whole.Length == 0 ? run.Text : whole;
            Assert.Equal(whole, run.Text);
        }
    }

    [Fact]
    public void The_mode_is_given_back_when_the_last_of_several_warnings_ends_and_each_turn_is_told_once()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Events(Warning(10, "W1"), Warning(20, "W2")).Recover().Events(End(30, "W1")).RestoreSnapshot().Pass(At(40))
            .Events(End(50, "W2")).Recover().Pass(At(100));
        Assert.Equal([$"{10 + DelaySeconds} emergency", $"{50 + DelaySeconds} normal"], Told(run));
    }

    [Fact]
    public void A_person_s_order_ends_what_warnings_hold_until_another_begins()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Events(Warning(10, "W1"), Warning(12, "W1")).Command(Order(60, "normal")).Events(Warning(70, "W1")).Pass(At(80))
            .Events(Warning(90, "W2"), End(100, "W2")).Pass(At(200));
        Assert.Equal(["15 emergency", "60 normal", "95 emergency", "105 normal"], Told(run));
    }

    [Fact]
    public void Where_a_person_ordered_the_mode_before_the_end_of_a_warning_gives_nothing_back()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Command(Order(5, "emergency")).Events(Warning(10), End(20)).Pass(At(200));
        Assert.Equal(["5 emergency"], Told(run));
    }

    [Fact]
    public void A_mode_that_raises_severities_does_not_hold_itself()
    {
        // Yellow is raised to orange by the mode; had that counted, the second warning would go on holding it.
        KernelRun run = new KernelRun(Rules(Severity.Orange, grave: 200)).Pass(At(0)).Events(Warning(10, "W1", 250)).Pass(At(20)).Events(Warning(25, "W2"), End(30, "W1")).Pass(At(100));
        Assert.Equal(["15 emergency", "35 normal"], Told(run));
    }

    [Fact]
    public void A_warning_that_grows_switches_then_and_one_that_abates_gives_back_then()
    {
        KernelRun run = new KernelRun(Rules(Severity.Orange, grave: 200)).Pass(At(0)).Events(Warning(10, "W1"), Warning(20, "W1", 250), Warning(40, "W1")).Pass(At(100));
        Assert.Equal(["25 emergency", "45 normal"], Told(run));
    }

    [Fact]
    public void A_drill_and_a_shadow_rule_switch_nothing()
    {
        EventRecord drill = TestRules.Event("drill", "W1", At(10), 150, EventStatus.Exercise);
        Assert.Empty(Told(new KernelRun(Rules()).Pass(At(0)).Events(drill).Pass(At(100))));
        Assert.Empty(Told(new KernelRun(Rules(stage: RuleStage.Shadow)).Pass(At(0)).Events(Warning(10)).Pass(At(100))));
    }

    [Fact]
    public void A_warning_that_expires_gives_the_mode_back_at_that_instant_though_the_stream_jumped_over_it()
    {
        // One reading moves the front from second 20 to 500. The warning expires at 110, which switches a rule off that would have fired at 200.
        static bool IsEmergency(CelFrame frame) => frame.Records[FrameRecords.Context][ContextRecord.Mode].AsString == "emergency";
        CompiledRule watch = TestRules.HoldAbove("watch", 5, Duration.FromSeconds(180), Duration.Zero) with { Active = new CelCondition(IsEmergency, frame => !IsEmergency(frame)) };
        KernelRun run = new KernelRun(Rules(expiresAfterSeconds: 90, other: watch)).Pass(At(0)).Events(Warning(10), Warning(20)).Pass(At(20)).Events(Reading(500)).Pass(At(600));
        Assert.Equal(["15 emergency", "115 normal"], Told(run));
        Assert.DoesNotContain("watch", run.Text);
        Assert.Equal(["S500 yellow"], run.Orders.Select(Line).Where(line => line[0] == 'S'));
    }

    private static string[] Told(KernelRun run) =>
        [.. run.Outputs.Where(output => output.Kind == OutputKind.Notification).Select(output => JsonDocument.Parse(output.Value).RootElement)
            .Select(json => $"{(NodaTime.Text.InstantPattern.ExtendedIso.Parse(json.GetProperty("time").GetString()!).Value - Start).TotalSeconds} {json.GetProperty("subject")}")];

    private static string Line(JsonElement order) => $"{order.GetProperty("dedupKey").GetString()!.Split('|')[^1]} {order.GetProperty("severity")}";

    private static EventRecord Reading(double second) => TestRules.Event($"e{second}", $"S{second}", At(second), 10);

    private static EventRecord Reading(int second) => Reading((double)second);

    private static EventRecord Warning(int second, string device = "W", double value = 150) => TestRules.Event($"w{second}{device}", device, At(second), value);

    private static EventRecord End(int second, string device = "W") => TestRules.Event($"c{second}{device}", device, At(second), 1);

    private static ContextCommand Order(int second, string mode) => new($"c-{second}", At(second), "mayor", "rain", ContextCommand.SwitchMode) { Mode = mode };

    private static long At(double second) => Start.ToUnixTimeTicks() + (long)(second * NodaConstants.TicksPerSecond);

    private static RuleSet Rules(Severity from = Severity.Blue, double grave = 1_000, RuleStage stage = RuleStage.Live, int? expiresAfterSeconds = null, CompiledRule? other = null)
    {
        CompiledRule reading = TestRules.ShotAbove("reading", 5) with { Lateness = Duration.FromSeconds(5), Late = LatePolicy.Drop };
        reading = reading with { Where = new CelCondition(frame => Value(frame) < 50, frame => Value(frame) >= 50) };
        CelCondition isOver = new(frame => Value(frame) < 50, frame => Value(frame) >= 50);
        EachOptions options = new(TestRules.Above(99)) { Clear = new ClearOptions(isOver, default) };
        if (expiresAfterSeconds is { } seconds)
            options = options with { Expires = frame => CelValue.Of(frame.Records[FrameRecords.Event][EventSlots.Time].AsInstant!.Value + Duration.FromSeconds(seconds)) };
        CompiledRule warning = TestRules.Rule("warning", new EachDetector(options), Duration.Zero, LatePolicy.Admit);
        warning = warning with
        {
            ModeSwitch = new ModeSwitchPlan("emergency", from, Duration.FromSeconds(DelaySeconds)),
            Base = warning.Base with { Stage = stage, Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(grave), Severity.Orange)]) },
        };
        RuleSet set = other is null ? TestRules.Set(reading, warning) : TestRules.Set(reading, warning, other);
        return set with
        {
            City = set.City with { Modes = new Dictionary<string, CityMode> { ["emergency"] = new("emergency", new LocalText("应急", "Emergency"), FrozenDictionary<string, string>.Empty, 1) }.ToFrozenDictionary() },
        };
    }

    private static double Value(CelFrame frame) => frame.Records[FrameRecords.Event][TestRules.ValueSlot].AsDouble;
}
