using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// The alerts of one district: by dedup key, and by the contributors that keep them firing. Knows which changed since the last batch, because
/// only those go into the journal. Owned by one district; not thread-safe.
/// </summary>
internal sealed class AlertBook
{
    private readonly Dictionary<string, Alert> _byDedupKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(string RuleId, string Key, string Instance), string> _dedupKeyOfContributor = [];
    private readonly PriorityQueue<string, long> _ended = new();
    private readonly Dictionary<string, SortedSet<(long OpenedAtTicks, string DedupKey)>> _byMergeClass = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Alert> All => _byDedupKey.Values;

    public IReadOnlyCollection<string> Changed => _changed;

    public Alert? Find(string dedupKey) => _byDedupKey.GetValueOrDefault(dedupKey);

    public bool TryFindByContributor(string ruleId, string key, string instance, [NotNullWhen(true)] out Alert? alert)
    {
        alert = null;
        return _dedupKeyOfContributor.TryGetValue((ruleId, key, instance), out string? dedupKey) && _byDedupKey.TryGetValue(dedupKey, out alert);
    }

    /// <summary>The incidents of a rule and key that keep alerts firing, in order.</summary>
    public ImmutableArray<string> InstancesOf(string ruleId, string key) =>
        [.. _dedupKeyOfContributor.Keys.Where(contributor => contributor.RuleId == ruleId && contributor.Key == key).Select(contributor => contributor.Instance).Order(StringComparer.Ordinal)];

    /// <summary>The alerts of a class that merges by place and time, oldest first.</summary>
    public IEnumerable<Alert> OfMergeClass(string mergeClass) =>
        _byMergeClass.TryGetValue(mergeClass, out SortedSet<(long OpenedAtTicks, string DedupKey)>? alerts) ? alerts.Select(entry => _byDedupKey[entry.DedupKey]) : [];

    public void Put(Alert alert)
    {
        Store(alert);
        _changed.Add(alert.DedupKey);
    }

    /// <summary>Puts what the journal holds: already saved, so not a change.</summary>
    public void Restore(Alert alert) => Store(alert);

    public void Remove(string dedupKey)
    {
        if (_byDedupKey.Remove(dedupKey, out Alert? alert))
            Unlink(alert);
        _changed.Add(dedupKey);
    }

    /// <summary>Forgets ended alerts that can no longer reopen, so that memory follows what is live.</summary>
    /// <param name="beforeTicks">Alerts kept until an earlier instant go.</param>
    public void Forget(long beforeTicks)
    {
        while (_ended.TryPeek(out string? dedupKey, out long forgottenAfterTicks) && forgottenAfterTicks < beforeTicks)
        {
            _ended.Dequeue();
            if (_byDedupKey.TryGetValue(dedupKey, out Alert? alert) && !alert.IsFiring && alert.ForgottenAfterTicks < beforeTicks)
                Remove(dedupKey);
        }
    }

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byDedupKey.Clear();
        _dedupKeyOfContributor.Clear();
        _ended.Clear();
        _byMergeClass.Clear();
        _changed.Clear();
    }

    private void Store(Alert alert)
    {
        if (_byDedupKey.TryGetValue(alert.DedupKey, out Alert? former))
            Unlink(former);
        _byDedupKey[alert.DedupKey] = alert;
        foreach (Contributor contributor in alert.Contributors)
            _dedupKeyOfContributor[(contributor.RuleId, contributor.Key, contributor.Instance)] = alert.DedupKey;
        LinkClass(alert);
        if (!alert.IsFiring)
            _ended.Enqueue(alert.DedupKey, alert.ForgottenAfterTicks);
    }

    private void LinkClass(Alert alert)
    {
        if (alert.MergeClass.Length == 0)
            return;
        if (!_byMergeClass.TryGetValue(alert.MergeClass, out SortedSet<(long OpenedAtTicks, string DedupKey)>? alerts))
            _byMergeClass[alert.MergeClass] = alerts = [];
        alerts.Add((alert.OpenedAtTicks, alert.DedupKey));
    }

    private void Unlink(Alert alert)
    {
        if (_byMergeClass.TryGetValue(alert.MergeClass, out SortedSet<(long OpenedAtTicks, string DedupKey)>? alerts) && alerts.Remove((alert.OpenedAtTicks, alert.DedupKey)) && alerts.Count == 0)
            _byMergeClass.Remove(alert.MergeClass);
        // A contributor that has gone over to another alert is restored with that one, perhaps before the one that it left.
        foreach (Contributor contributor in alert.Contributors)
        {
            (string RuleId, string Key, string Instance) key = (contributor.RuleId, contributor.Key, contributor.Instance);
            if (_dedupKeyOfContributor.TryGetValue(key, out string? dedupKey) && dedupKey == alert.DedupKey)
                _dedupKeyOfContributor.Remove(key);
        }
    }
}
