using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.WorkOrders;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Hands what suppression lets go on to the outputs and to the orders. An alert's message stands before its orders and names the first of them,
/// so its place is kept until they are known. Owned by one district; not thread-safe.
/// </summary>
internal sealed class ToldRelay(DistrictOutputs outputs, OrderStage stage, OrderBook orders, BroadcastRelay broadcasts, IKernelObserver? observer) : IToldSink
{
    private readonly List<(int Place, int? CityPlace, AlertNotice Notice)> _unfilled = [];

    /// <inheritdoc />
    public int TakeAlert(in AlertNotice notice)
    {
        TakeMessage(notice);
        return TakeBundle(notice);
    }

    /// <inheritdoc />
    public void TakeMessage(in AlertNotice notice)
    {
        observer?.OnAlert(notice);
        _unfilled.Add((outputs.Reserve(), outputs.ReserveForCity(notice), notice));
        broadcasts.Take(notice);
    }

    /// <inheritdoc />
    public int TakeBundle(in AlertNotice notice)
    {
        int before = orders.OfAlert(notice.Alert.Id).Count();
        stage.Take(notice);
        return orders.OfAlert(notice.Alert.Id).Count() - before;
    }

    /// <inheritdoc />
    public void Complete()
    {
        foreach ((int place, int? cityPlace, AlertNotice notice) in _unfilled)
        {
            string? orderId = orders.OfAlert(notice.OrderAlertId ?? notice.Alert.Id).FirstOrDefault()?.Id;
            outputs.FillAlert(place, notice, orderId);
            if (cityPlace is { } told)
                outputs.FillForCity(told, notice, orderId);
        }

        _unfilled.Clear();
    }
}
