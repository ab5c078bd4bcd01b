namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>
/// The alerts of one district of which something was held back: by id, and by what holds them. Knows which changed since the last batch. Not
/// thread-safe.
/// </summary>
internal sealed class HeldBook
{
    private readonly Dictionary<string, HeldAlert> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string By, string Holder), HashSet<string>> _byHolder = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>All, in no order that means anything.</summary>
    public IReadOnlyCollection<HeldAlert> All => _byId.Values;

    public IReadOnlyCollection<string> Changed => _changed;

    public HeldAlert? Find(string alertId) => _byId.GetValueOrDefault(alertId);

    public bool IsHolding(string by, string holder) => _byHolder.ContainsKey((by, holder));

    /// <summary>Those that something holds, in the order in which what they owe is told.</summary>
    public IReadOnlyList<HeldAlert> HeldBy(string by, string holder) =>
        !_byHolder.TryGetValue((by, holder), out HashSet<string>? ids)
            ? []
            : [.. ids.Select(id => _byId[id]).OrderBy(held => held.Alert.OpenedAtTicks).ThenBy(held => held.Alert.Id, StringComparer.Ordinal)];

    public void Put(HeldAlert held)
    {
        Restore(held);
        _changed.Add(held.Alert.Id);
    }

    public void Restore(HeldAlert held)
    {
        Unlink(held.Alert.Id);
        _byId[held.Alert.Id] = held;
        if (!_byHolder.TryGetValue((held.By, held.Holder), out HashSet<string>? ids))
            _byHolder[(held.By, held.Holder)] = ids = new HashSet<string>(StringComparer.Ordinal);
        ids.Add(held.Alert.Id);
    }

    public void Remove(string alertId)
    {
        if (Unlink(alertId))
            _changed.Add(alertId);
    }

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byId.Clear();
        _byHolder.Clear();
        _changed.Clear();
    }

    private bool Unlink(string alertId)
    {
        if (!_byId.Remove(alertId, out HeldAlert? held))
            return false;
        if (_byHolder.TryGetValue((held.By, held.Holder), out HashSet<string>? ids) && ids.Remove(alertId) && ids.Count == 0)
            _byHolder.Remove((held.By, held.Holder));
        return true;
    }
}
