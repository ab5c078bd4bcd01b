namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>The alerts of one district of which something was held back, by id. Knows which changed since the last batch. Not thread-safe.</summary>
internal sealed class HeldBook
{
    private readonly Dictionary<string, HeldAlert> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>All, in the order in which what they owe is told.</summary>
    public IEnumerable<HeldAlert> All => _byId.Values.OrderBy(held => held.Alert.OpenedAtTicks).ThenBy(held => held.Alert.Id, StringComparer.Ordinal);

    public int Count => _byId.Count;

    public IReadOnlyCollection<string> Changed => _changed;

    public HeldAlert? Find(string alertId) => _byId.GetValueOrDefault(alertId);

    public void Put(HeldAlert held)
    {
        Restore(held);
        _changed.Add(held.Alert.Id);
    }

    public void Restore(HeldAlert held) => _byId[held.Alert.Id] = held;

    public void Remove(string alertId)
    {
        if (_byId.Remove(alertId))
            _changed.Add(alertId);
    }

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byId.Clear();
        _changed.Clear();
    }
}
