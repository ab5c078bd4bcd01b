using System.Text.Json;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: what does not come from people meets every status too. Method: the table as text, one row a status, one column an input; an order is brought
/// into the status by commands, then the input happens. A cell is the status and operation of the revision; a dot: no revision of it.
/// </summary>
public sealed class OrderInputTests
{
    private const string Expected = """
        status        rise                  repeat  clear                 reopen                step                    report
        dispatched    dispatched/updated    .       dispatched/updated    dispatched/updated    dispatched/escalated    dispatched/updated
        acknowledged  acknowledged/updated  .       acknowledged/updated  acknowledged/updated  acknowledged/escalated  acknowledged/updated
        arrived       arrived/updated       .       arrived/updated       arrived/updated       arrived/escalated       arrived/updated
        resolved      resolved/updated      .       resolved/updated      dispatched/updated    resolved/escalated      resolved/updated
        verified      verified/updated      .       verified/updated      dispatched/updated    verified/escalated      verified/updated
        closed        .                     .       .                     dispatched/updated    .                       .
        returned      .                     .       .                     .                     .                       .
        suspended     suspended/updated     .       suspended/updated     suspended/updated     .                       suspended/updated
        cancelled     .                     .       .                     dispatched/updated    .                       .
        """;

    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    public static TheoryData<OrderStatus, string, string> Cells
    {
        get
        {
            string[][] rows = [.. Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            var cells = new TheoryData<OrderStatus, string, string>();
            foreach (string[] row in rows.Skip(1))
            {
                for (int column = 1; column < row.Length; column++)
                    cells.Add(Enum.Parse<OrderStatus>(row[0], ignoreCase: true), rows[0][column], row[column]);
            }

            return cells;
        }
    }

    [Fact]
    public void The_table_has_every_status() => Assert.Equal(Enum.GetValues<OrderStatus>().Length * 6, Cells.Count);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_as_the_table_says(OrderStatus status, string input, string expected)
    {
        KernelRun run = Brought(status);
        JsonElement first = run.Orders[0];
        Assert.Equal(OrderDocument.Word(status), Last(run, first).GetProperty("status").GetString());
        int before = Last(run, first).GetProperty("revision").GetInt32();

        Happen(run, input);

        // Of a reopening two things are told: that the alert cleared, where that is told, and that it fires again.
        JsonElement after = Last(run, first);
        Assert.Equal(expected, after.GetProperty("revision").GetInt32() == before ? "." : $"{after.GetProperty("status").GetString()}/{after.GetProperty("operation").GetString()}");
    }

    private static KernelRun Brought(OrderStatus status)
    {
        KernelRun run = new KernelRun(TestRules.Set(Rule())).Events(TestRules.Event("e1", "dev-1", At(0), 9));
        OrderVerb[] verbs = status switch
        {
            OrderStatus.Acknowledged => [OrderVerb.Acknowledge],
            OrderStatus.Arrived => [OrderVerb.Arrive],
            OrderStatus.Resolved => [OrderVerb.Resolve],
            OrderStatus.Verified => [OrderVerb.Resolve, OrderVerb.Verify],
            OrderStatus.Closed => [OrderVerb.Close],
            OrderStatus.Returned => [OrderVerb.Return],
            OrderStatus.Suspended => [OrderVerb.Suspend],
            OrderStatus.Cancelled => [OrderVerb.Cancel],
            _ => [],
        };
        foreach (OrderVerb verb in verbs)
            run.Command(new OrderCommand($"to-{verb}", verb, At(1), "officer", "brings it there") { Order = run.Orders[0].GetProperty("workOrderId").GetString() }).Pass(At(1));
        return run.Pass(At(1));
    }

    private static void Happen(KernelRun run, string input)
    {
        switch (input)
        {
            case "rise":
                run.Events(TestRules.Event("e2", "dev-1", At(2), 30));
                break;
            case "repeat":
                run.Events(TestRules.Event("e2", "dev-1", At(2), 9));
                break;
            case "clear":
                run.Pass(At(10));
                break;
            case "reopen":
                run.Pass(At(10)).Events(TestRules.Event("e2", "dev-1", At(11), 9));
                break;
            case "step":
                run.Pass(At(5));
                break;
            default:
                run.Command(new OrderCommand("r1", OrderVerb.Acknowledge, At(2), "sergeant", "on our way") { Unit = "police", Order = run.Orders[0].GetProperty("workOrderId").GetString() }).Pass(At(2));
                break;
        }
    }

    private static JsonElement Last(KernelRun run, JsonElement first) =>
        run.Orders.Last(order => order.GetProperty("workOrderId").GetString() == first.GetProperty("workOrderId").GetString());

    private static CompiledRule Rule()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(10), "unit", "police") with
        {
            Reopen = Duration.FromMinutes(30),
            Escalations = [new EscalationStep(Duration.FromMinutes(5), "closed", "district", null)],
        };
        return rule with { Base = rule.Base with { Severity = new SeverityPlan(Severity.Yellow, [new SeverityRaise(TestRules.Above(20), Severity.Red)]) } };
    }

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
