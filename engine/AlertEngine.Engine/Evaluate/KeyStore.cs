using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The states of a district by rule and key. Knows which changed since the last batch, because only those go into the journal.
/// Owned by one district; not thread-safe.
/// </summary>
internal sealed class KeyStore(int ruleCount)
{
    private readonly KeyTable?[] _byRule = new KeyTable?[ruleCount];
    private readonly HashSet<KeyState> _changed = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyCollection<KeyState> Changed => _changed;

    /// <summary>Begins a walk through all of them.</summary>
    public KeyWalk Walk() => new(_byRule);

    public IEnumerable<KeyState> OfRule(int ruleNumber) => _byRule[ruleNumber]?.All ?? [];

    public KeyState? Find(int ruleNumber, string key) => _byRule[ruleNumber]?.Find(key);

    public void Add(int ruleNumber, string key, KeyState state)
    {
        state.RuleNumber = ruleNumber;
        state.Key = key;
        (_byRule[ruleNumber] ??= new KeyTable()).Add(state);
    }

    public void Remove(KeyState state) => _byRule[state.RuleNumber]?.Remove(state);

    public void MarkChanged(KeyState state) => _changed.Add(state);

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        Array.Clear(_byRule);
        _changed.Clear();
    }
}
