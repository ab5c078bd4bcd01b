using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders;

/// <summary>
/// Goal: the life of an order is the table of DOMAIN §5, and nothing else is possible. Method: the table as text, one row a status, one column
/// a verb; every cell is asked. A dot is a refusal.
/// </summary>
public sealed class OrderLifecycleTests
{
    private const string Expected = """
        status        acknowledge   arrive   resolve   verify    close   reopen      return    suspend    resume   extend        reassign    cancel
        dispatched    acknowledged  arrived  resolved  .         closed  .           returned  suspended  .        dispatched    dispatched  cancelled
        acknowledged  .             arrived  resolved  .         closed  .           returned  suspended  .        acknowledged  dispatched  cancelled
        arrived       .             .        resolved  .         closed  .           returned  suspended  .        arrived       dispatched  cancelled
        resolved      .             .        .         verified  closed  dispatched  .         .          .        .             .           .
        verified      .             .        .         .         closed  dispatched  .         .          .        .             .           .
        closed        .             .        .         .         .       dispatched  .         .          .        .             .           .
        returned      .             .        .         .         .       .           .         .          .        .             .           .
        suspended     .             .        .         .         closed  .           .         .          arrived  suspended     .           cancelled
        cancelled     .             .        .         .         .       .           .         .          .        .             .           .
        """;

    public static TheoryData<OrderStatus, OrderVerb, string> Cells
    {
        get
        {
            string[][] rows = [.. Expected.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
            var cells = new TheoryData<OrderStatus, OrderVerb, string>();
            foreach (string[] row in rows.Skip(1))
            {
                for (int column = 1; column < row.Length; column++)
                    cells.Add(Enum.Parse<OrderStatus>(row[0], ignoreCase: true), Enum.Parse<OrderVerb>(rows[0][column], ignoreCase: true), row[column]);
            }

            return cells;
        }
    }

    [Fact]
    public void The_table_has_every_status_and_every_verb() =>
        Assert.Equal(Enum.GetValues<OrderStatus>().Length * Enum.GetValues<OrderVerb>().Length, Cells.Count);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_as_the_table_says(OrderStatus status, OrderVerb verb, string expected)
    {
        OrderDecision decision = OrderLifecycle.Decide(Order(status), verb);
        Assert.Equal(expected, decision.IsAccepted ? OrderDocument.Word(decision.Status) : ".");
    }

    [Theory]
    [InlineData(OrderVerb.Close, OrderOperation.Closed)]
    [InlineData(OrderVerb.Cancel, OrderOperation.Cancelled)]
    [InlineData(OrderVerb.Acknowledge, OrderOperation.Updated)]
    [InlineData(OrderVerb.Reassign, OrderOperation.Updated)]
    public void A_revision_is_the_operation_that_its_verb_names(OrderVerb verb, OrderOperation expected) =>
        Assert.Equal(expected, OrderLifecycle.Decide(Order(OrderStatus.Dispatched), verb).Operation);

    [Fact]
    public void A_refusal_says_what_is_and_what_would_have_to_be() => Assert.Equal(
        "the order is closed; acknowledge is possible while it is dispatched", OrderLifecycle.Decide(Order(OrderStatus.Closed), OrderVerb.Acknowledge).Refusal);

    private static WorkOrder Order(OrderStatus status) => new()
    {
        Id = "order",
        Alert = new Alert
        {
            Id = "alert", RuleId = "rule", Key = "key", DedupKey = "rule|key", Status = AlertStatus.Firing, Severity = Severity.Yellow, OpenedAtTicks = 0,
            MergedCount = 1, Contributors = [], Title = LocalText.Both("title"), Place = new AlertPlace("D1", "", "", null),
        },
        Revision = 1,
        Operation = OrderOperation.Dispatched,
        Status = status,
        SuspendedFrom = OrderStatus.Arrived,
        Lead = "unit",
        CoHandlers = [],
        RouteReason = "",
        CommandLevel = "grid",
        EscalationStartTicks = 0,
        HandedOverTicks = 0,
        DispatchedAtTicks = 0,
        RevisedAtTicks = 0,
    };
}
