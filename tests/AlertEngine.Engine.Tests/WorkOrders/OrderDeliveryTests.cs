using System.Text.Json;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: one unit that receives an order does not mark it as received by another. Method: an order with a lead and two co-handlers, commands on
/// behalf of each; what the messages say of the deliveries.
/// </summary>
public sealed class OrderDeliveryTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void An_order_is_sent_to_all_its_units_and_received_by_none() =>
        Assert.Equal(["fire sent", "police sent", "water sent"], Deliveries(Opened()));

    [Fact]
    public void A_co_handler_acknowledges_for_itself_alone()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Acknowledge, "police")).Pass(At(1));

        Assert.Equal(["fire sent", "police acknowledged", "water sent"], Deliveries(run));
        Assert.Equal(("dispatched", 2), (run.Orders[^1].GetProperty("status").GetString(), run.Orders[^1].GetProperty("revision").GetInt32()));
        Assert.Equal("police", run.Orders[^1].GetProperty("lastCommand").GetProperty("unit").GetString());
    }

    [Fact]
    public void A_co_handler_that_acknowledges_does_not_stop_the_escalation()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Acknowledge, "police")).Pass(At(5));
        Assert.Equal("escalated", run.Orders[^1].GetProperty("operation").GetString());
    }

    [Theory]
    [InlineData("fire")]
    [InlineData(null)]
    public void The_lead_speaks_for_the_order(string? unit)
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Arrive, unit)).Pass(At(1));

        Assert.Equal("arrived", run.Orders[^1].GetProperty("status").GetString());
        Assert.Equal(["fire arrived", "police sent", "water sent"], Deliveries(run));
    }

    [Theory]
    [InlineData(OrderVerb.Acknowledge, "parks", "the order was not sent to parks")]
    [InlineData(OrderVerb.Close, "police", "close is for fire, who leads the order")]
    [InlineData(OrderVerb.Acknowledge, "water", "water has arrived it already")]
    public void A_unit_is_refused_with_its_reason_where_it_may_not(OrderVerb verb, string unit, string reason)
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Arrive, "water")).Command(Command("c2", verb, unit)).Pass(At(1));
        Assert.Equal(reason, run.Replies[^1].GetProperty("reason").GetString());
    }

    [Fact]
    public void A_reassigned_order_is_delivered_anew_to_its_new_lead_only()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Acknowledge, "police")).Command(Command("c2", OrderVerb.Reassign, null) with { ToUnit = "parks" }).Pass(At(1));
        Assert.Equal(["parks sent", "police acknowledged", "water sent"], Deliveries(run));
    }

    [Fact]
    public void Deliveries_outlive_a_restart()
    {
        KernelRun run = Opened().Command(Command("c1", OrderVerb.Acknowledge, "police")).Pass(At(1)).Recover().RestoreSnapshot();
        run.Command(Command("c2", OrderVerb.Acknowledge, "water") with { AtTicks = At(2) }).Pass(At(2));
        Assert.Equal(["fire sent", "police acknowledged", "water acknowledged"], Deliveries(run));
    }

    private static string[] Deliveries(KernelRun run) =>
        [.. run.Orders[^1].GetProperty("deliveries").EnumerateArray().Select(delivery => $"{delivery.GetProperty("unit").GetString()} {delivery.GetProperty("status").GetString()}")];

    private static KernelRun Opened() => new KernelRun(TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromHours(3), "fire", "police", "water") with
    {
        Escalations = [new(Duration.FromMinutes(5), "acknowledged", "district", null)],
    })).Events(TestRules.Event("e1", "dev-1", At(0), 9));

    private static OrderCommand Command(string id, OrderVerb verb, string? unit) => new(id, verb, At(1), "officer", "seen") { Unit = unit };

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
