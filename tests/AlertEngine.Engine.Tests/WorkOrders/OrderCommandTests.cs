using System.Text.Json;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: commands change orders once, at their own instant, and every one is answered. Method: a district's kernel, an order of one rule, commands
/// as steps; messages read as JSON and checked against their schemas.
/// </summary>
public sealed class OrderCommandTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void An_accepted_command_is_one_revision_and_one_reply()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Acknowledge, 1)).Pass(At(1));

        Assert.Equal(["city.alert.opened.v1", "city.workorder.dispatched.v1", "city.workorder.updated.v1", "city.command.accepted.v1"], run.Types);
        JsonElement order = run.Orders[1];
        Assert.Equal(("acknowledged", 2), (order.GetProperty("status").GetString(), order.GetProperty("revision").GetInt32()));
        Assert.Equal("""{"id":"c1","command":"acknowledge","actor":"officer","reason":"seen","at":"2026-07-01T00:01:00Z"}""", order.GetProperty("lastCommand").GetRawText());
        Assert.Equal(CommandReply.Topic, run.Outputs[^1].Topic);
    }

    [Fact]
    public void The_same_id_a_second_time_changes_nothing_even_after_a_restart()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Resolve, 1)).Pass(At(1)).Command(Command("c2", OrderVerb.Reopen, 2)).Pass(At(2));

        run.Recover().Command(Command("c1", OrderVerb.Resolve, 3)).Pass(At(3));
        run.RestoreSnapshot().Command(Command("c1", OrderVerb.Resolve, 4)).Pass(At(4));

        Assert.Equal(["accepted", "accepted", "repeated", "repeated"], run.Replies.Select(reply => reply.GetProperty("outcome").GetString()));
        Assert.Equal("dispatched", run.Orders[^1].GetProperty("status").GetString());
    }

    [Fact]
    public void An_impossible_command_is_refused_with_its_reason_and_changes_nothing()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Verify, 1)).Pass(At(1));

        Assert.Equal("the order is dispatched; verify is possible while it is resolved", run.Replies.Single().GetProperty("reason").GetString());
        Assert.Single(run.Orders);
    }

    [Fact]
    public void A_command_that_selects_nothing_is_refused() => Assert.Equal(
        "no order is selected",
        Opened().Command(Command("c1", OrderVerb.Acknowledge, 1) with { Key = "other" }).Pass(At(1)).Replies.Single().GetProperty("reason").GetString());

    [Fact]
    public void A_command_given_in_advance_waits_for_its_instant()
    {
        KernelRun run = new KernelRun(TestRules.Set(Rule())).Command(Command("c1", OrderVerb.Acknowledge, 2));
        run.Recover().Events(TestRules.Event("e1", "dev-1", At(0), 9));
        Assert.Empty(run.Replies);
        Assert.True(run.Kernel.NextDueFrontTicks < At(2));

        run.Events(TestRules.Event("e2", "dev-1", At(2), 9));
        Assert.Equal("2026-07-01T00:02:00Z", Time(run.Outputs[^1]));
        Assert.Equal("accepted", run.Replies.Single().GetProperty("outcome").GetString());
    }

    [Fact]
    public void At_one_instant_commands_come_before_events()
    {
        KernelRun run = new KernelRun(TestRules.Set(Rule())).Command(Command("c1", OrderVerb.Acknowledge, 0)).Events(TestRules.Event("e1", "dev-1", At(0), 9));

        Assert.Equal(["city.command.refused.v1", "city.alert.opened.v1", "city.workorder.dispatched.v1"], run.Types);
    }

    [Fact]
    public void An_acknowledgement_at_the_instant_of_an_escalation_stops_it()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Acknowledge, 5)).Pass(At(5));

        Assert.DoesNotContain("city.workorder.escalated.v1", run.Types);
        Assert.Contains("city.workorder.escalated.v1", Opened().Command(Command("c1", OrderVerb.Acknowledge, 5.01)).Pass(At(6)).Types);
    }

    [Fact]
    public void A_reopening_starts_the_escalation_anew()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Close, 1)).Command(Command("c2", OrderVerb.Reopen, 10)).Pass(At(14.9));
        Assert.Equal(["dispatched", "closed", "updated"], run.Orders.Select(order => order.GetProperty("operation").GetString()));

        run.Pass(At(15));
        Assert.Equal("escalated", run.Orders[^1].GetProperty("operation").GetString());
    }

    [Fact]
    public void A_returned_order_goes_to_the_next_unit_as_the_next_episode()
    {
        KernelRun run = Opened("fire", "police").Command(Command("c1", OrderVerb.Return, 1)).Pass(At(1));

        JsonElement returned = run.Orders[2], again = run.Orders[4];
        Assert.Equal(("returned", 2, "fire"), (returned.GetProperty("status").GetString(), returned.GetProperty("revision").GetInt32(), returned.GetProperty("lead").GetString()));
        Assert.Equal(("dispatched", 1, "police"), (again.GetProperty("status").GetString(), again.GetProperty("revision").GetInt32(), again.GetProperty("lead").GetString()));
        Assert.Equal(2, again.GetProperty("episode").GetInt32());
        Assert.NotEqual(returned.GetProperty("workOrderId").GetString(), again.GetProperty("workOrderId").GetString());
        Assert.Equal("route 1: no condition; returned by fire", again.GetProperty("routeReason").GetString());
    }

    [Fact]
    public void An_order_that_no_other_unit_can_take_is_not_returned()
    {
        KernelRun run = Opened("fire", "police").Command(Command("c1", OrderVerb.Return, 1)).Command(Command("c2", OrderVerb.Return, 2)).Pass(At(2));

        Assert.Equal("no route leads to another unit than police", run.Replies[^1].GetProperty("reason").GetString());
    }

    [Fact]
    public void The_time_on_hold_moves_the_escalation()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Suspend, 2)).Command(Command("c2", OrderVerb.Resume, 12)).Pass(At(14.9));
        Assert.Equal(["dispatched", "suspended", "dispatched"], run.Orders.Select(order => order.GetProperty("status").GetString()));

        run.Pass(At(15));
        Assert.Equal("escalated", run.Orders[^1].GetProperty("operation").GetString());
    }

    [Fact]
    public void A_reopening_during_a_hold_begins_to_count_at_the_end_of_the_hold()
    {
        CompiledRule rule = Rule() with { Reopen = Duration.FromHours(5) };
        KernelRun run = new KernelRun(TestRules.Set(rule with { Detector = TestRules.EachAbove("high", 5, Duration.FromMinutes(8)).Detector }))
            .Events(TestRules.Event("e1", "dev-1", At(0), 9)).Command(Command("c1", OrderVerb.Suspend, 2)).Pass(At(10))
            .Events(TestRules.Event("e2", "dev-1", At(20), 9)).Command(Command("c2", OrderVerb.Resume, 23)).Pass(At(27.9));
        Assert.DoesNotContain("city.workorder.escalated.v1", run.Types);

        Assert.Contains("city.workorder.escalated.v1", run.Events(TestRules.Event("e3", "dev-1", At(27.95), 9)).Pass(At(28)).Types);
    }

    [Fact]
    public void A_reassignment_tells_the_former_unit_too()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Reassign, 1) with { ToUnit = "other" }).Pass(At(1));

        Assert.Equal(
            ["city.workorders.unit.v1", "city.workorders.other.v1", "city.workorders.unit.v1"],
            run.Outputs.Where(output => output.Kind == OutputKind.WorkOrder).Select(output => output.Topic));
        Assert.Equal("other", run.Orders[^1].GetProperty("lead").GetString());
    }

    [Fact]
    public void An_extension_needs_a_later_end()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Extend, 1)).Command(Command("c2", OrderVerb.Extend, 1) with { UntilTicks = At(1) })
            .Command(Command("c3", OrderVerb.Extend, 1) with { UntilTicks = At(60) }).Pass(At(1));

        Assert.Equal("an extension needs 'until'", run.Replies[0].GetProperty("reason").GetString());
        Assert.Equal("an extension must end later than the present deadline", run.Replies[1].GetProperty("reason").GetString());
        Assert.Equal("2026-07-01T01:00:00Z", run.Orders[^1].GetProperty("sla").GetProperty("resolveBy").GetString());
    }

    private static KernelRun Opened(params string[] units) => new KernelRun(TestRules.Set(Rule(units))).Events(TestRules.Event("e1", "dev-1", At(0), 9));

    private static CompiledRule Rule(params string[] units) => TestRules.EachAbove("high", 5, Duration.FromHours(2), units) with
    {
        Escalations = [new EscalationStep(Duration.FromMinutes(5), "acknowledged", "district", null)],
    };

    private static OrderCommand Command(string id, OrderVerb verb, double minutes) => new(id, verb, At(minutes), "officer", "seen");

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);

    private static string Time(Output output) => JsonDocument.Parse(output.Value).RootElement.GetProperty("time").GetString()!;
}
