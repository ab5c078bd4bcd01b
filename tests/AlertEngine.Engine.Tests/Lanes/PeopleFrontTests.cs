using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: on the event clock what people's time brings comes to an alert when its own lateness class has come there, whatever other rules wait
/// for. Method: a rule that waits for nothing beside one that waits five minutes for late events.
/// </summary>
public sealed class PeopleFrontTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void A_slow_rule_does_not_cost_a_fast_alert_its_escalation()
    {
        KernelRun run = NewRun().Events(Event("e0", 0, 9), Event("e7", 7, 1)).Pass(At(30));

        Assert.Equal(["0 dispatched", "5 escalated", "7 updated"], Orders(run));
    }

    [Fact]
    public void An_acknowledgement_before_the_escalation_stops_it_though_slow_rules_have_not_come_there()
    {
        KernelRun run = NewRun().Command(Acknowledge("c", 4)).Events(Event("e0", 0, 9), Event("e6", 6, 9));

        Assert.Equal(["0 dispatched", "4 updated"], Orders(run));
        Assert.Empty(run.Replies);
        run.Pass(At(9));
        Assert.Equal("accepted", Assert.Single(run.Replies).GetProperty("outcome").GetString());
    }

    [Fact]
    public void One_command_reaches_orders_of_every_class_each_at_its_time_and_is_answered_once()
    {
        KernelRun run = NewRun().Command(Acknowledge("c", 4)).Events(Event("e0", 0, 99), Event("e6", 6, 99)).Recover().Pass(At(8)).RestoreSnapshot().Pass(At(20));

        Assert.Equal(["0 dispatched", "0 dispatched", "4 updated", "4 updated"], Orders(run).Order());
        Assert.Equal(2, Assert.Single(run.Replies).GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public void What_is_owed_at_the_end_of_a_silence_is_not_lost_when_it_clears_while_slow_rules_wait()
    {
        KernelRun run = NewRun().Command(new SilenceCommand("s", false, At(1), "officer", "works") { UntilTicks = At(4) })
            .Events(Event("e2", 2, 9), Event("e6", 6, 1)).Pass(At(30));

        Assert.Equal(["4 dispatched", "6 updated"], Orders(run));
    }

    private static IEnumerable<string> Orders(KernelRun run) => run.Outputs.Where(output => output.Kind == Engine.Ports.OutputKind.WorkOrder).Select(KernelStory.Line(Start));

    private static KernelRun NewRun() => new(TestRules.Set(
        TestRules.HoldAbove("fast", 5, Duration.Zero, Duration.Zero) with { Escalations = [new EscalationStep(Duration.FromMinutes(5), "acknowledged", "district", null)] },
        TestRules.HoldAbove("slow", 50, Duration.Zero, Duration.FromMinutes(5))));

    private static OrderCommand Acknowledge(string id, int minute) => new(id, OrderVerb.Acknowledge, At(minute), "officer", "seen");

    private static EventRecord Event(string id, int minute, double value) => TestRules.Event(id, "dev-1", At(minute), value);

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
