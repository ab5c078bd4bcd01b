using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// The orders of one district: by id, by alert, and by when their escalation is due. Knows which changed since the last batch. Owned by one
/// district; not thread-safe.
/// </summary>
/// <param name="fronts">For how long a due escalation waits for events of its rule.</param>
internal sealed class OrderBook(PeopleFronts fronts)
{
    private readonly Dictionary<string, WorkOrder> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _idsOfAlert = new(StringComparer.Ordinal);
    private readonly SortedSet<(long FrontTicks, string Id)> _escalations = [];
    private readonly SortedSet<(long KeptUntilTicks, string Id)> _ended = [];
    private readonly Dictionary<(string RuleId, string Key), string> _latestOfPlace = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<WorkOrder> All => _byId.Values;

    public IReadOnlyCollection<string> Changed => _changed;

    /// <summary>The front beyond which the first escalation is due; on the wall clock, its instant.</summary>
    public long NextDueFrontTicks => _escalations.Count == 0 ? long.MaxValue : _escalations.Min.FrontTicks;

    public WorkOrder? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The alert's orders, oldest first.</summary>
    public IEnumerable<WorkOrder> OfAlert(string alertId) =>
        _idsOfAlert.TryGetValue(alertId, out List<string>? ids) ? ids.Select(id => _byId[id]) : [];

    /// <summary>The order that was dispatched last for a rule and key; null where none is kept.</summary>
    public WorkOrder? LatestOfPlace(string ruleId, string key) =>
        _latestOfPlace.TryGetValue((ruleId, key), out string? id) ? _byId[id] : null;

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
            _escalations.Add((fronts.FrontOf(order.Alert.RuleId, dueTicks), order.Id));
        if (order.KeptUntilTicks is { } keptUntilTicks)
            _ended.Add((keptUntilTicks, order.Id));
        if (LatestOfPlace(order.Alert.RuleId, order.Alert.Key) is not { } latest || IsLater(order, latest))
            _latestOfPlace[(order.Alert.RuleId, order.Alert.Key)] = order.Id;
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
        if (_latestOfPlace.GetValueOrDefault((order.Alert.RuleId, order.Alert.Key)) == id)
            _latestOfPlace.Remove((order.Alert.RuleId, order.Alert.Key));
        _changed.Add(id);
    }

    /// <summary>
    /// Forgets ended orders that are kept no longer, so that memory follows what is live. An order whose alert may still open again stays with it:
    /// the reopening is its next revision.
    /// </summary>
    /// <param name="beforeTicks">Orders kept until an earlier instant go, on people's time.</param>
    /// <param name="isAlertKept">Whether an order's alert is still there.</param>
    public void Forget(long beforeTicks, Func<WorkOrder, bool> isAlertKept)
    {
        foreach ((_, string id) in _ended.TakeWhile(one => one.KeptUntilTicks < beforeTicks).ToArray())
        {
            if (!isAlertKept(_byId[id]))
                Remove(id);
        }
    }

    /// <summary>The order whose escalation is due first, if the front has passed that.</summary>
    public WorkOrder? NextDue(long frontTicks) =>
        _escalations.Count != 0 && _escalations.Min.FrontTicks < frontTicks ? _byId[_escalations.Min.Id] : null;

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byId.Clear();
        _idsOfAlert.Clear();
        _escalations.Clear();
        _ended.Clear();
        _latestOfPlace.Clear();
        _changed.Clear();
    }

    private void Unschedule(WorkOrder order)
    {
        if (order.NextEscalationTicks is { } dueTicks)
            _escalations.Remove((fronts.FrontOf(order.Alert.RuleId, dueTicks), order.Id));
        if (order.KeptUntilTicks is { } keptUntilTicks)
            _ended.Remove((keptUntilTicks, order.Id));
    }

    private static bool IsLater(WorkOrder order, WorkOrder other) =>
        (order.DispatchedAtTicks, order.Id).CompareTo((other.DispatchedAtTicks, other.Id)) > 0;

    private List<string> IdsOf(string alertId)
    {
        if (!_idsOfAlert.TryGetValue(alertId, out List<string>? ids))
            _idsOfAlert[alertId] = ids = [];
        return ids;
    }
}
