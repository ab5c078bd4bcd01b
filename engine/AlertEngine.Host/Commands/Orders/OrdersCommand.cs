using System.CommandLine;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders</c>: work orders as downstream systems see them, and the proof that none is missing or repeated.</summary>
internal static class OrdersCommand
{
    public static Command Create() => new("orders", "Work orders as consumers see them; the proof that none is missing or repeated.")
    {
        OrdersListCommand.Create(), OrdersShowCommand.Create(), OrdersTimelineCommand.Create(), OrdersVerifyCommand.Create(),
    };
}
