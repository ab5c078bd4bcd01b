namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// The orders of one district: by id and by alert. Knows which changed since the last batch. Owned by one district; not thread-safe.
/// </summary>
internal sealed class OrderBook
{
    private readonly Dictionary<string, WorkOrder> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _idsOfAlert = new(StringComparer.Ordinal);
    private readonly SortedSet<(long DueTicks, string Id)> _escalations = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<WorkOrder> All => _byId.Values;

    public IReadOnlyCollection<string> Changed => _changed;

    /// <summary>The earliest escalation due, on people's time.</summary>
    public long NextDueTicks => _escalations.Count == 0 ? long.MaxValue : _escalations.Min.DueTicks;

    public WorkOrder? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The alert's orders, oldest first.</summary>
    public IEnumerable<WorkOrder> OfAlert(string alertId) =>
        _idsOfAlert.TryGetValue(alertId, out List<string>? ids) ? ids.Select(id => _byId[id]) : [];

    public void Put(WorkOrder order)
    {
        Restore(order);
        _changed.Add(order.Id);
    }

    /// <summary>Puts what the journal holds: already saved, so not a change.</summary>
    public void Restore(WorkOrder order)
    {
        if (_byId.TryGetValue(order.Id, out WorkOrder? former))
            Unschedule(former);
        else
            IdsOf(order.Alert.Id).Add(order.Id);
        _byId[order.Id] = order;
        if (order.NextEscalationTicks is { } dueTicks)
            _escalations.Add((dueTicks, order.Id));
    }

    public void Remove(string id)
    {
        if (!_byId.Remove(id, out WorkOrder? order))
            return;
        Unschedule(order);
        List<string> ids = IdsOf(order.Alert.Id);
        ids.Remove(id);
        if (ids.Count == 0)
            _idsOfAlert.Remove(order.Alert.Id);
        _changed.Add(id);
    }

    /// <summary>The order whose escalation is due first, if that is before the instant.</summary>
    public WorkOrder? NextDue(long beforeTicks) =>
        _escalations.Count != 0 && _escalations.Min.DueTicks < beforeTicks ? _byId[_escalations.Min.Id] : null;

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byId.Clear();
        _idsOfAlert.Clear();
        _escalations.Clear();
        _changed.Clear();
    }

    private void Unschedule(WorkOrder order)
    {
        if (order.NextEscalationTicks is { } dueTicks)
            _escalations.Remove((dueTicks, order.Id));
    }

    private List<string> IdsOf(string alertId)
    {
        if (!_idsOfAlert.TryGetValue(alertId, out List<string>? ids))
            _idsOfAlert[alertId] = ids = [];
        return ids;
    }
}
