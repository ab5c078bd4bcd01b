using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>
/// The bundles of one district and the firing alerts that are in them. Knows which changed since the last batch, and which is due first. Owned
/// by one district; not thread-safe.
/// </summary>
/// <param name="fronts">For how long what is due waits for events of its rule.</param>
internal sealed class BundleBook(PeopleFronts fronts)
{
    private readonly Dictionary<string, Bundle> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keyOfAlert = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BundleMember> _members = new(StringComparer.Ordinal);
    private readonly SortedSet<(long FrontTicks, string Key)> _due = [];
    private readonly SortedSet<(long KeptUntilTicks, string Key)> _ended = [];
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changedMembers = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Bundle> All => _byKey;

    public IReadOnlyDictionary<string, BundleMember> Members => _members;

    public IReadOnlyCollection<string> Changed => _changed;

    public IReadOnlyCollection<string> ChangedMembers => _changedMembers;

    /// <summary>The front beyond which the first is due; on the wall clock, its instant.</summary>
    public long NextDueFrontTicks => _due.Count == 0 ? long.MaxValue : _due.Min.FrontTicks;

    /// <summary>The one that is due first.</summary>
    public Bundle FirstDue => _byKey[_due.Min.Key];

    public Bundle? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The bundle whose order speaks as this alert.</summary>
    public Bundle? FindByAlert(string alertId) => _keyOfAlert.TryGetValue(alertId, out string? key) ? _byKey[key] : null;

    public BundleMember? FindMember(string alertId) => _members.GetValueOrDefault(alertId);

    public void Put(Bundle bundle)
    {
        Restore(bundle);
        _changed.Add(bundle.Key);
    }

    public void Restore(Bundle bundle)
    {
        Unlink(bundle.Key);
        _byKey[bundle.Key] = bundle;
        if (bundle.Alert is { } alert)
            _keyOfAlert[alert.Id] = bundle.Key;
        if (bundle.DueTicks is { } dueTicks)
            _due.Add((fronts.FrontOf(bundle.RuleId, dueTicks), bundle.Key));
        else if (!bundle.IsFiring)
            _ended.Add((bundle.KeptUntilTicks, bundle.Key));
    }

    public void Remove(string key)
    {
        if (Unlink(key))
            _changed.Add(key);
    }

    /// <summary>Counts an alert as a member, or no longer.</summary>
    public void PutMember(string alertId, BundleMember? member)
    {
        RestoreMember(alertId, member);
        _changedMembers.Add(alertId);
    }

    public void RestoreMember(string alertId, BundleMember? member)
    {
        if (member is null)
            _members.Remove(alertId);
        else
            _members[alertId] = member;
    }

    /// <summary>Forgets what ended so long ago that nothing can join it any more.</summary>
    public void Forget(long beforeTicks)
    {
        while (_ended.Count != 0 && _ended.Min.KeptUntilTicks < beforeTicks)
            Remove(_ended.Min.Key);
    }

    public void MarkSaved()
    {
        _changed.Clear();
        _changedMembers.Clear();
    }

    public void Clear()
    {
        _byKey.Clear();
        _keyOfAlert.Clear();
        _members.Clear();
        _due.Clear();
        _ended.Clear();
        MarkSaved();
    }

    private bool Unlink(string key)
    {
        if (!_byKey.Remove(key, out Bundle? bundle))
            return false;
        if (bundle.Alert is { } alert)
            _keyOfAlert.Remove(alert.Id);
        if (bundle.DueTicks is { } dueTicks)
            _due.Remove((fronts.FrontOf(bundle.RuleId, dueTicks), key));
        _ended.Remove((bundle.KeptUntilTicks, key));
        return true;
    }
}
