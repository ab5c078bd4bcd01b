using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Engine.WorkOrders.Centre;

namespace AlertEngine.Engine.Lanes;

/// <content>What only the city's own district does: it hears of the others' orders, and its orders are parents of theirs.</content>
public sealed partial class DistrictKernel
{
    private bool IsOfCity => _district == _city.Code;

    /// <summary>The front at which a digest is due: the city's follows those of its districts.</summary>
    private long NextDigestFrontTicks => IsOfCity ? _cityDigests.NextFrontTicks : _digests.NextFrontTicks;

    private long NoDigestBeforeFrontTicks => IsOfCity ? _cityDigests.NothingDueBeforeFrontTicks : _digests.NothingDueBeforeFrontTicks;

    private void TakeReport(CentreReport report)
    {
        if (report.Type == CentreReport.DigestType)
            _cityDigests.Take(report);
        else if (RaisedOrder.Read(report) is { } raised)
            _raised.Put(raised);
    }

    /// <summary>The digest of an instant that all classes have passed, in the city that of all its districts.</summary>
    private void TellDigest()
    {
        long atTicks = IsOfCity ? _cityDigests.NextTicks : _digests.NextTicks;
        DigestNumbers own = DigestNumbers.Of(_orders.All, _alerts.All, _index.RuleOf, atTicks);
        if (IsOfCity)
        {
            _outputs.Take(CityDigest.Of(_cityDigests.TakeNext(), _district, own, _city.Districts.Keys));
            return;
        }

        _codec.Context.IsChanged = true;
        _digests.GoOnFrom(atTicks);
        _outputs.Take(own);
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
