using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The alerts on which a rule of the city may rest, by rule and key, as far back as its detector reaches: detectors count and forget whom they
/// counted. Empty in every district but the city's. Knows which changed since the last batch. Not thread-safe.
/// </summary>
internal sealed class ChildBook
{
    private readonly Dictionary<(int RuleNumber, string Key), ImmutableArray<ChildAlert>> _byKey = [];
    private readonly HashSet<(int RuleNumber, string Key)> _changed = [];

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<(int RuleNumber, string Key), ImmutableArray<ChildAlert>> All => _byKey;

    /// <summary>What changed; a key that is not among <see cref="All"/> any more is gone.</summary>
    public IReadOnlyCollection<(int RuleNumber, string Key)> Changed => _changed;

    /// <summary>An alert, as the event that it is to the city, counts for a rule and key from now on.</summary>
    /// <returns>Those that the key rests on, this one included.</returns>
    public ImmutableArray<ChildAlert> Note(int ruleNumber, string key, EventRecord @event, long reachTicks)
    {
        var child = new ChildAlert(@event.District, AlertEvent.AlertIdOf(@event), AlertEvent.OrderIdOf(@event), @event.TimeTicks);
        ImmutableArray<ChildAlert> known = Of(ruleNumber, key, @event.TimeTicks, reachTicks);
        ImmutableArray<ChildAlert> children = [.. known.Where(other => other.AlertId != child.AlertId).TakeLast(ChildAlert.Limit - 1), child];
        Put(ruleNumber, key, children);
        _changed.Add((ruleNumber, key));
        return children;
    }

    /// <summary>Those that a key rests on at an instant, in the order in which they came.</summary>
    public ImmutableArray<ChildAlert> Of(int ruleNumber, string key, long atTicks, long reachTicks) =>
        _byKey.TryGetValue((ruleNumber, key), out ImmutableArray<ChildAlert> children)
            ? children.RemoveAll(child => child.AtTicks < atTicks - reachTicks)
            : [];

    /// <summary>Nothing is known of a key any more.</summary>
    public void Forget(int ruleNumber, string key)
    {
        if (_byKey.Remove((ruleNumber, key)))
            _changed.Add((ruleNumber, key));
    }

    /// <summary>Puts what the journal holds.</summary>
    public void Put(int ruleNumber, string key, ImmutableArray<ChildAlert> children)
    {
        if (children.IsEmpty)
            _byKey.Remove((ruleNumber, key));
        else
            _byKey[(ruleNumber, key)] = children;
    }

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byKey.Clear();
        _changed.Clear();
    }
}
