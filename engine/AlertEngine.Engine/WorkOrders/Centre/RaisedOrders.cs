namespace AlertEngine.Engine.WorkOrders.Centre;

/// <summary>
/// Which orders of districts have risen to the city, and whose they are. Only the city's own district has any. Knows what came since the last
/// batch. Not thread-safe.
/// </summary>
internal sealed class RaisedOrders
{
    /// <summary>What nobody has asked for among so many later ones, the centre no longer knows; its district still does.</summary>
    public const int Limit = 4_096;

    private readonly Dictionary<string, RaisedOrder> _byId = new(StringComparer.Ordinal);
    private readonly Queue<RaisedOrder> _inOrder = new();
    private readonly List<RaisedOrder> _added = [];

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyCollection<RaisedOrder> All => _inOrder;

    /// <summary>Those that came since the last batch.</summary>
    public IReadOnlyCollection<RaisedOrder> Added => _added;

    /// <summary>Whose order it is; null where it had not risen by an instant, or not at all.</summary>
    public string? DistrictOf(string orderId, long atTicks) =>
        _byId.TryGetValue(orderId, out RaisedOrder? raised) && raised.RaisedAtTicks <= atTicks ? raised.District : null;

    /// <summary>An order is there; what is known already changes nothing.</summary>
    public void Put(RaisedOrder raised)
    {
        if (Restore(raised))
            _added.Add(raised);
    }

    /// <summary>Puts what the journal holds; false where it was known.</summary>
    public bool Restore(RaisedOrder raised)
    {
        if (!_byId.TryAdd(raised.OrderId, raised))
            return false;
        _inOrder.Enqueue(raised);
        if (_inOrder.Count > Limit)
            _byId.Remove(_inOrder.Dequeue().OrderId);
        return true;
    }

    public void MarkSaved() => _added.Clear();

    public void Clear()
    {
        _byId.Clear();
        _inOrder.Clear();
        _added.Clear();
    }
}
