using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The states of one rule by key: a hash table whose chains run through the states themselves, because a million of them live at once and an entry
/// of a dictionary costs as much again as a bucket here, 39 bytes a key against 16. Not thread-safe.
/// </summary>
internal sealed class KeyTable
{
    private const int FirstBuckets = 4;

    private KeyState?[] _buckets = new KeyState?[FirstBuckets];
    private int _count;

    /// <summary>All states, in no order. The table must not change meanwhile.</summary>
    public IEnumerable<KeyState> All
    {
        get
        {
            foreach (KeyState? head in _buckets)
            {
                for (KeyState? state = head; state is not null; state = state.NextOfKeys)
                    yield return state;
            }
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>How many buckets there are now: a power of two that only grows.</summary>
    public int BucketCount => _buckets.Length;

    /// <summary>
    /// Adds the states of one group of keys to a list. Of so many groups, a power of two not above the buckets there are, a key stays in the same one
    /// however the table grows.
    /// </summary>
    public void AddGroup(int group, int groups, List<KeyState> states)
    {
        for (int bucket = group; bucket < _buckets.Length; bucket += groups)
        {
            for (KeyState? state = _buckets[bucket]; state is not null; state = state.NextOfKeys)
                states.Add(state);
        }
    }

    /// <summary>The state of a key, or null.</summary>
    public KeyState? Find(string key)
    {
        KeyState? state = _buckets[BucketOf(key, _buckets.Length)];
        while (state is not null && state.Key != key)
            state = state.NextOfKeys;
        return state;
    }

    /// <summary>Adds the state of a key that has none.</summary>
    public void Add(KeyState state)
    {
        if (_count == _buckets.Length)
            Grow();
        Link(state, _buckets);
        _count++;
    }

    /// <summary>Takes a state out, if it is in.</summary>
    public void Remove(KeyState state)
    {
        ref KeyState? place = ref _buckets[BucketOf(state.Key, _buckets.Length)];
        if (ReferenceEquals(place, state))
        {
            place = state.NextOfKeys;
        }
        else
        {
            KeyState? before = place;
            while (before is not null && !ReferenceEquals(before.NextOfKeys, state))
                before = before.NextOfKeys;
            if (before is null)
                return;
            before.NextOfKeys = state.NextOfKeys;
        }

        state.NextOfKeys = null;
        _count--;
    }

    private void Grow()
    {
        var buckets = new KeyState?[_buckets.Length * 2];
        foreach (KeyState? head in _buckets)
        {
            for (KeyState? state = head; state is not null;)
            {
                KeyState? next = state.NextOfKeys;
                Link(state, buckets);
                state = next;
            }
        }

        _buckets = buckets;
    }

    private static void Link(KeyState state, KeyState?[] buckets)
    {
        ref KeyState? head = ref buckets[BucketOf(state.Key, buckets.Length)];
        state.NextOfKeys = head;
        head = state;
    }

    // The runtime's hash of texts is seeded anew in each process, so nobody can choose keys that meet in one bucket. Nothing that goes out depends on it.
    private static int BucketOf(string key, int buckets) => key.GetHashCode(StringComparison.Ordinal) & (buckets - 1);
}
