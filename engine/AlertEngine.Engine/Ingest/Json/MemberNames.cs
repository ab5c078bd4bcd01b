namespace AlertEngine.Engine.Ingest.Json;

/// <summary>
/// The names met so far in the objects that are open, as one stack: an object's names begin where it was entered and are forgotten when
/// it ends. Kept and used again from event to event. Not thread-safe.
/// </summary>
internal sealed class MemberNames
{
    /// <summary>Up to here a scan of the stack is faster than a set; beyond, it would be quadratic in what a stranger sends.</summary>
    private const int ScannedNames = 48;

    private ulong[] _keys = new ulong[256];

    /// <summary>How many names are on the stack: an object that is entered now begins here.</summary>
    internal int Count { get; private set; }

    internal void Forget(int from) => Count = from;

    /// <summary>Adds a name to the object that began at <paramref name="from"/>; false where it has it already.</summary>
    internal bool Add(int from, ulong key, ref HashSet<ulong>? many)
    {
        if (many is not null)
            return many.Add(key);
        Span<ulong> own = _keys.AsSpan(from, Count - from);
        if (own.Contains(key))
            return false;
        if (own.Length == ScannedNames)
        {
            many = [.. own, key];
            return true;
        }

        if (Count == _keys.Length)
            Array.Resize(ref _keys, Count * 2);
        _keys[Count++] = key;
        return true;
    }
}
