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

    /// <summary>The median; the mean of the middle two of an even number. There must be one.</summary>
    internal double Median() => (_values[(Count - 1) / 2] + _values[Count / 2]) / 2;

    /// <summary>The middle of the distances from a value, told from both ends inwards: the larger half is walked, nothing is sorted again.</summary>
    internal double MedianDistance(double from)
    {
        int low = 0;
        int high = Count - 1;
        double distance = 0;
        for (int left = Count - (Count - 1) / 2; left > 0; left--)
        {
            double below = from - _values[low];
            double above = _values[high] - from;
            distance = Math.Max(below, above);
            if (below >= above)
                low++;
            else
                high--;
        }

        return distance;
    }

    /// <summary>The mean of the distances from a value, added up in rising order of the values: the same whatever order they came in. There must be one.</summary>
    internal double MeanDistance(double from)
    {
        double sum = 0;
        foreach (double value in _values.AsSpan(0, Count))
            sum += Math.Abs(value - from);
        return sum / Count;
    }

    private int Find(double value)
    {
        int at = Array.BinarySearch(_values, 0, Count, value);
        return at < 0 ? ~at : at;
    }
}
