using System.Text.Json;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>Goal: an audience is told once when an alert becomes as grave as its plan says, in its own words, and once when that is over.</summary>
public sealed class BroadcastTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 1, 0, 0);

    [Fact]
    public void Each_audience_is_told_from_its_severity_on_and_when_it_is_over()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Events(Event(1, 10)).Recover().Events(Event(2, 10), Event(3, 60)).RestoreSnapshot().Events(Event(4, 60), Event(5, 10)).Pass(At(7_200));
        Assert.Equal(["1 requested residents: W1 is up", "3 requested schools: stay at home, orange", "5 ended schools: ", "605 ended residents: "], Told(run));
    }

    [Fact]
    public void What_opens_grave_tells_all_of_them_and_clears_for_all_of_them() => Assert.Equal(
        ["1 requested residents: W1 is up", "1 requested schools: stay at home, orange", "601 ended residents: ", "601 ended schools: "],
        Told(new KernelRun(Rules()).Pass(At(0)).Events(Event(1, 60)).Pass(At(7_200))));

    [Fact]
    public void A_silenced_alert_a_drill_and_a_shadow_rule_are_broadcast_to_nobody()
    {
        SilenceCommand silence = new("s1", false, At(0), "op", "works") { UntilTicks = At(10_000) };
        Assert.Empty(Told(new KernelRun(Rules()).Pass(At(0)).Command(silence).Events(Event(1, 60)).Pass(At(7_200))));
        Assert.Empty(Told(new KernelRun(Rules()).Pass(At(0)).Events(TestRules.Event("d", "W1", At(1), 60, EventStatus.Exercise)).Pass(At(7_200))));
        Assert.Empty(Told(new KernelRun(Rules(RuleStage.Shadow)).Pass(At(0)).Events(Event(1, 60)).Pass(At(7_200))));
    }

    private static string[] Told(KernelRun run) => [.. run.Outputs.Where(output => output.Kind == OutputKind.Notification).Select(output => JsonDocument.Parse(output.Value).RootElement).Select(json =>
        $"{(NodaTime.Text.InstantPattern.ExtendedIso.Parse(json.GetProperty("time").GetString()!).Value - Start).TotalSeconds} {json.GetProperty("type").GetString()!.Split('.')[2]} {json.GetProperty("subject")}: {(json.GetProperty("data").TryGetProperty("text", out JsonElement text) ? text.GetProperty("en") : "")}")];

    private static EventRecord Event(int second, double value) => TestRules.Event($"e{second}", "W1", At(second), value);

    private static long At(int second) => Start.ToUnixTimeTicks() + (second * NodaConstants.TicksPerSecond);

    private static RuleSet Rules(RuleStage stage = RuleStage.Live)
    {
        CompiledRule rule = TestRules.EachAbove("up", 5, Duration.FromMinutes(10));
        return TestRules.Set(rule with
        {
            Base = rule.Base with { Stage = stage, Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(50), Severity.Orange)]) },
            Broadcasts =
            [
                new BroadcastPlan("residents", Severity.Blue, Text(Value(frame => frame.Records[FrameRecords.Event][EventSlots.Device]), Literal(" is up"))),
                new BroadcastPlan("schools", Severity.Orange, Text(Literal("stay at home, "), Value(frame => frame.Records[FrameRecords.Alert][AlertRecord.Severity]))),
            ],
        });
    }

    private static TitlePlan Text(params TitlePart[] parts) => new([.. parts], [.. parts]);

    private static TitlePart Literal(string text) => new(text, null, null, false);

    private static TitlePart Value(CelFunction value) => new(null, value, null, false);
}
