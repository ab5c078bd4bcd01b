using AlertEngine.Engine.WorkOrders;
using AlertEngine.Engine.WorkOrders.Centre;

namespace AlertEngine.Engine.Lanes;

/// <content>What only the city's own district does: it hears of the others' orders, and its orders are parents of theirs.</content>
public sealed partial class DistrictKernel
{
    private void TakeReport(CentreReport report)
    {
        if (report.Type == CentreReport.OrderType && RaisedOrder.Read(report) is { } raised)
            _raised.Put(raised);
    }

    /// <summary>Of an alert's orders the first that is open is the parent; with several, districts would be told of each.</summary>
    private bool IsParent(WorkOrder order) => _orders.OfAlert(order.Alert.Id).FirstOrDefault(one => one.IsOpen)?.Id == order.Id;

    /// <summary>A command about an order that a district has raised goes to that district; in a replay the district has had it already.</summary>
    private bool SendOn(OrderCommand command)
    {
        if (command.Order is not { } orderId || _raised.DistrictOf(orderId, command.AtTicks) is not { } owner)
            return false;
        if (_options.Broadcasts)
            _outputs.SendOn(command, owner, _scope.PeopleNowTicks);
        return true;
    }
}
