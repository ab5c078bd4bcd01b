using System.Collections;

namespace AlertEngine.Rules.Cel;

/// <summary>A list of values. Immutable; its elements are never <see cref="CelKind.Missing"/> nor errors.</summary>
public sealed class CelList : CelObject, IReadOnlyList<CelValue>
{
    internal static readonly CelList Empty = new([]);

    internal readonly CelValue[] Items;

    /// <summary>A list that owns <paramref name="items"/>: nobody else writes to the array.</summary>
    internal CelList(CelValue[] items)
        : base(CelKind.List) => Items = items;

    /// <inheritdoc />
    public int Count => Items.Length;

    /// <inheritdoc />
    public CelValue this[int index] => Items[index];

    /// <inheritdoc />
    public IEnumerator<CelValue> GetEnumerator() => ((IEnumerable<CelValue>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Items.GetEnumerator();

    internal CelList Concat(CelList other)
    {
        if (other.Count == 0)
            return this;
        if (Count == 0)
            return other;
        return new CelList([.. Items, .. other.Items]);
    }
}
