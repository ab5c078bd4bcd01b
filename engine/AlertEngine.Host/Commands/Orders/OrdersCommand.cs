using System.CommandLine;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders</c>: work orders as downstream systems see them, and the proof that none is missing or repeated.</summary>
internal static class OrdersCommand
{
    public static Command Create(Words words) => new("orders",
        words.OfCommand("下游所见的工单；证明不缺不重。", "Work orders as consumers see them; the proof that none is missing or repeated.", "orders list --out ./out --open"))
    {
        OrdersListCommand.Create(words), OrdersShowCommand.Create(words), OrdersTimelineCommand.Create(words), OrdersVerifyCommand.Create(words),
    };
}
