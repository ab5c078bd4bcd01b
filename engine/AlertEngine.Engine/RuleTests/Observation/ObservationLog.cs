using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.WorkOrders;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Everything that the kernels of a test decided, in the order in which they did, each with its event time. An instant is judged from this log
/// and not from the books, because rules of different lateness have come differently far when the last of them reaches it.
/// </summary>
internal sealed class ObservationLog : IKernelObserver
{
    private readonly List<AlertEntry> _alerts = [];
    private readonly List<OrderEntry> _orders = [];
    private readonly List<CommandReply> _replies = [];

    // Entries are reported once each; below these places all are reported, so that long tests are not read from their beginning each time.
    private int _alertsDone;
    private int _ordersDone;

    /// <summary>All changes of alerts, in order.</summary>
    public IEnumerable<AlertNotice> Notices => _alerts.Select(entry => entry.Notice);

    /// <summary>All answers to commands: each district gives one.</summary>
    public IReadOnlyList<CommandReply> Replies => _replies;

    /// <inheritdoc />
    public void OnAlert(in AlertNotice notice) => _alerts.Add(new AlertEntry(notice));

    /// <inheritdoc />
    public void OnOrder(WorkOrder order, ImmutableArray<string> topics) => _orders.Add(new OrderEntry(order, topics));

    /// <inheritdoc />
    public void OnReply(CommandReply reply) => _replies.Add(reply);

    /// <summary>Judges an instant of event time. Instants are judged in rising order; a change is reported at the first that it does not lie after.</summary>
    public Observation Judge(long atTicks)
    {
        ImmutableArray<AlertNotice> changed = [.. TakeAlerts(atTicks)];
        return new Observation(
            FiringAt(atTicks),
            [.. changed.Where(notice => notice.Change == AlertChange.Cleared && !notice.IsOwed).Select(ObservedItems.Resolved)],
            [.. changed.Select(ObservedItems.Suppressed).OfType<ObservedItem>()],
            [.. TakeOrders(atTicks)]);
    }

    private ImmutableArray<ObservedItem> FiringAt(long atTicks)
    {
        var latest = new Dictionary<string, AlertNotice>(StringComparer.Ordinal);
        foreach (AlertEntry entry in _alerts)
        {
            if (entry.Notice.AtTicks <= atTicks && !entry.Notice.Alert.IsShadow)
                latest[entry.Notice.Alert.Id] = entry.Notice;
        }

        ILookup<string, string> leads = _orders.Where(entry => entry.Order.RevisedAtTicks <= atTicks).ToLookup(entry => entry.Order.Alert.Id, entry => entry.Order.Lead);
        return
        [
            .. latest.Values
                .Where(notice => notice.Alert.IsFiring || (notice.Alert.Status == AlertStatus.Shot && notice.Alert.EndedAtTicks == atTicks))
                .Select(notice => ObservedItems.Firing(notice.Alert, [.. leads[notice.OrderAlertId ?? notice.Alert.Id].Distinct()])),
        ];
    }

    private IEnumerable<AlertNotice> TakeAlerts(long atTicks)
    {
        for (int i = _alertsDone; i < _alerts.Count; i++)
        {
            if (_alerts[i].IsReported || _alerts[i].Notice.AtTicks > atTicks)
                continue;
            _alerts[i].IsReported = true;
            if (!_alerts[i].Notice.Alert.IsShadow)
                yield return _alerts[i].Notice;
        }

        while (_alertsDone < _alerts.Count && _alerts[_alertsDone].IsReported)
            _alertsDone++;
    }

    private IEnumerable<ObservedItem> TakeOrders(long atTicks)
    {
        for (int i = _ordersDone; i < _orders.Count; i++)
        {
            if (_orders[i].IsReported || _orders[i].Order.RevisedAtTicks > atTicks)
                continue;
            _orders[i].IsReported = true;
            yield return ObservedItems.Order(_orders[i].Order, _orders[i].Topics);
        }

        while (_ordersDone < _orders.Count && _orders[_ordersDone].IsReported)
            _ordersDone++;
    }

    private sealed class AlertEntry(AlertNotice notice)
    {
        public AlertNotice Notice { get; } = notice;

        public bool IsReported { get; set; }
    }

    private sealed class OrderEntry(WorkOrder order, ImmutableArray<string> topics)
    {
        public WorkOrder Order { get; } = order;

        public ImmutableArray<string> Topics { get; } = topics;

        public bool IsReported { get; set; }
    }
}
