using System.Collections;

namespace AlertEngine.Rules.Cel;

/// <summary>
/// A map from bool, int, uint or string to values, in the order of insertion. Keys are equal as CEL's values are: 1, 1u and 1.0
/// find the same entry. Immutable.
/// </summary>
public sealed class CelMap : CelObject, IReadOnlyCollection<KeyValuePair<CelValue, CelValue>>
{
    // Below this a linear scan beats hashing, and most maps of events are that small.
    private const int ScannedEntries = 8;

    internal static readonly CelMap Empty = new([], [], null);

    internal readonly CelValue[] Keys;
    internal readonly CelValue[] Values;
    private readonly Dictionary<CelValue, int>? _index;

    private CelMap(CelValue[] keys, CelValue[] values, Dictionary<CelValue, int>? index)
        : base(CelKind.Map)
    {
        Keys = keys;
        Values = values;
        _index = index;
    }

    /// <inheritdoc />
    public int Count => Keys.Length;

    /// <summary>The value under <paramref name="key"/>, or <see cref="CelKind.Missing"/>.</summary>
    public CelValue Find(CelValue key)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out var at) ? Values[at] : default;
        for (var i = 0; i < Keys.Length; i++)
        {
            if (CelEquality.AreEqual(Keys[i], key))
                return Values[i];
        }
        return default;
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<CelValue, CelValue>> GetEnumerator()
    {
        for (var i = 0; i < Keys.Length; i++)
            yield return new(Keys[i], Values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A map, or an error value where a key has an unsupported kind or is there twice.</summary>
    internal static CelValue Create(CelValue[] keys, CelValue[] values)
    {
        var index = keys.Length > ScannedEntries ? new Dictionary<CelValue, int>(keys.Length, CelEquality.Comparer) : null;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Kind is not (CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String))
                return CelErrors.UnsupportedKey;
            if (index is null ? Holds(keys.AsSpan(0, i), keys[i]) : !index.TryAdd(keys[i], i))
                return CelErrors.DuplicateKey;
        }
        return CelValue.Of(new CelMap(keys, values, index));
    }

    private static bool Holds(ReadOnlySpan<CelValue> keys, CelValue key)
    {
        foreach (var other in keys)
        {
            if (CelEquality.AreEqual(other, key))
                return true;
        }
        return false;
    }
}
