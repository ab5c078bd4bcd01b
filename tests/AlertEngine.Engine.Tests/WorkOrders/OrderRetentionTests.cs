using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: memory does not grow with orders that ended, and who comes late is told so. Method: a city that keeps ended orders for an hour; the size of
/// the kernel's snapshot is what it holds.
/// </summary>
public sealed class OrderRetentionTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void A_late_command_to_an_order_that_is_gone_is_refused_with_its_reason()
    {
        KernelRun run = Closed();
        string id = run.Orders[0].GetProperty("workOrderId").GetString()!;
        run.Command(Command("c2", OrderVerb.Reopen, 62) with { Order = id }).Pass(At(63));

        Assert.Equal($"no order '{id}': it is unknown, or ended more than 1h ago", run.Replies[^1].GetProperty("reason").GetString());
    }

    [Fact]
    public void Within_the_time_it_can_be_reopened()
    {
        KernelRun run = Closed().Command(Command("c2", OrderVerb.Reopen, 61)).Pass(At(61));
        Assert.Equal("accepted", run.Replies[^1].GetProperty("outcome").GetString());
    }

    [Fact]
    public void The_answer_does_not_depend_on_when_the_book_was_tidied()
    {
        KernelRun tidied = Closed().Pass(At(200)).Command(Command("c2", OrderVerb.Reopen, 201)).Pass(At(202));
        KernelRun untidied = Closed().Command(Command("c2", OrderVerb.Reopen, 201)).Pass(At(202));
        Assert.Equal(tidied.Text, untidied.Text);
    }

    [Fact]
    public void A_thousand_closed_orders_leave_no_more_behind_than_one()
    {
        KernelRun run = new(Rules(), checksContract: false);
        int sizeOfOne = 0;
        for (int i = 0; i < 1_000; i++)
        {
            run.Events(TestRules.Event($"e{i}", "dev-1", At(i * 120), 9)).Command(Command($"c{i}", OrderVerb.Close, (i * 120) + 1)).Pass(At((i * 120) + 119));
            sizeOfOne = i == 0 ? run.Kernel.EncodeSnapshot().Length : sizeOfOne;
        }

        // The ids of commands are remembered longer; they are bounded on their own.
        Assert.InRange(run.Kernel.EncodeSnapshot().Length, sizeOfOne - 200, sizeOfOne + (1_000 * 8) + 200);
    }

    [Fact]
    public void An_order_whose_alert_may_open_again_stays_with_it()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(1)) with { Reopen = Duration.FromHours(10) };
        KernelRun run = new KernelRun(TestRules.Set(rule) with { City = City })
            .Events(TestRules.Event("e1", "dev-1", At(0), 9)).Command(Command("c1", OrderVerb.Close, 2)).Pass(At(300)).Events(TestRules.Event("e2", "dev-1", At(301), 9));

        Assert.Equal(["dispatched", "updated", "closed", "updated"], run.Orders.Select(order => order.GetProperty("operation").GetString()));
        Assert.Single(run.Orders.Select(order => order.GetProperty("workOrderId").GetString()).Distinct());
    }

    [Fact]
    public void An_open_order_is_never_forgotten()
    {
        KernelRun run = new KernelRun(Rules()).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Pass(At(100_000)).RestoreSnapshot();
        run.Command(Command("c1", OrderVerb.Close, 100_001)).Pass(At(100_002));
        Assert.Equal("accepted", run.Replies[^1].GetProperty("outcome").GetString());
    }

    private static KernelRun Closed() => new KernelRun(Rules()).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Command(Command("c1", OrderVerb.Close, 1)).Pass(At(1));

    private static readonly CityModel City = CityModel.Open with { KeepEndedOrders = Duration.FromHours(1) };

    private static RuleSet Rules() => TestRules.Set(TestRules.EachAbove("high", 5, Duration.FromMinutes(10))) with { City = City };

    private static OrderCommand Command(string id, OrderVerb verb, double minutes) => new(id, verb, At(minutes), "officer", "seen");

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
