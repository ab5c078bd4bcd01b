namespace AlertEngine.Engine.Alerts.Suppression.Flapping;

/// <summary>
/// The histories of the keys of one district that changed within their last evaluations. Bounded: beyond the limit the one that changed longest
/// ago begins anew, so that no alert stays held for want of room. Knows which changed since the last batch. Not thread-safe.
/// </summary>
internal sealed class FlapBook
{
    /// <summary>So many keys of one district that go up and down at once are a fault of their source.</summary>
    public const int KeyLimit = 10_000;

    private readonly Dictionary<string, FlapHistory> _byKey = new(StringComparer.Ordinal);
    private readonly SortedSet<(long ChangedAtTicks, string Key)> _byAge = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FlapHistory> All => _byKey;

    public IReadOnlyCollection<string> Changed => _changed;

    public FlapHistory Find(string key) => _byKey.GetValueOrDefault(key, FlapHistory.Calm);

    /// <summary>Puts a history; the key of another that had to give way, or null.</summary>
    public string? Put(string key, FlapHistory history)
    {
        Restore(key, history);
        _changed.Add(key);
        if (_byKey.Count <= KeyLimit)
            return null;
        string oldest = _byAge.Min.Key;
        Restore(oldest, FlapHistory.Calm);
        _changed.Add(oldest);
        return oldest;
    }

    public void Restore(string key, FlapHistory history)
    {
        if (_byKey.Remove(key, out FlapHistory? former))
            _byAge.Remove((former.ChangedAtTicks, key));
        if (history.IsCalm)
            return;
        _byKey[key] = history;
        _byAge.Add((history.ChangedAtTicks, key));
    }

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byKey.Clear();
        _byAge.Clear();
        _changed.Clear();
    }
}
