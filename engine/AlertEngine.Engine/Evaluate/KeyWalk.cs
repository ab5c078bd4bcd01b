using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// Goes through the states of all keys in small steps, between which keys may come, change and go: a key that is there all the time is met once.
/// By groups of hashes, so that it needs neither a list of a million keys nor a pause to make one. Not thread-safe.
/// </summary>
/// <param name="tables">The states by rule.</param>
internal sealed class KeyWalk(KeyTable?[] tables)
{
    private int _rule;
    private int _group;

    // As many as the rule's table had buckets when the walk came to it; 0 before.
    private int _groups;

    /// <summary>Whether all have been met.</summary>
    public bool IsAtEnd => _rule == tables.Length;

    /// <summary>Replaces a list's contents by the next few states; false where there are none left.</summary>
    public bool TryTake(List<KeyState> states)
    {
        states.Clear();
        while (states.Count == 0 && !IsAtEnd)
            Step(states);
        return states.Count != 0;
    }

    private void Step(List<KeyState> states)
    {
        if (tables[_rule] is { } table)
        {
            if (_groups == 0)
                _groups = table.BucketCount;
            table.AddGroup(_group, _groups, states);
            if (++_group < _groups)
                return;
        }

        _rule++;
        _group = 0;
        _groups = 0;
    }
}
