namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>
/// Numbers in order, for ranks: an array with insertion by binary search. Moving up to 10,000 doubles costs about a microsecond,
/// less than a balanced tree of them would cost in memory and misses. Not thread-safe.
/// </summary>
internal sealed class SortedValues
{
    private double[] _values = [];

    internal int Count { get; private set; }

    internal double this[int index] => _values[index];

    internal void Add(double value)
    {
        if (Count == _values.Length)
            Array.Resize(ref _values, Math.Max(8, Count * 2));
        int at = Find(value);
        Array.Copy(_values, at, _values, at + 1, Count - at);
        _values[at] = value;
        Count++;
    }

    internal void Remove(double value)
    {
        int at = Find(value);
        Count--;
        Array.Copy(_values, at + 1, _values, at, Count - at);
    }

    private int Find(double value)
    {
        int at = Array.BinarySearch(_values, 0, Count, value);
        return at < 0 ? ~at : at;
    }
}
