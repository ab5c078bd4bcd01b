using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>The state of a sliding <c>aggregate</c> for one key: the samples in the window, and their order where ranks are asked for.</summary>
internal sealed class SlidingAggregateState(bool isRanked) : LevelState
{
    private const byte FormatVersion = 1;

    private SampleRing _samples = new();
    private readonly SortedValues? _order = isRanked ? new SortedValues() : null;

    internal int Count => _samples.Count;

    internal long NewestTicks => _samples.Newest.AtTicks;

    public override bool IsEmpty => !Fires && Count == 0;

    /// <returns>False where the bound was met.</returns>
    internal bool Add(TimedValue sample)
    {
        bool fits = !_samples.IsFull;
        if (!fits)
            DropOldest();
        _samples.Add(sample);
        _order?.Add(sample.Value);
        return fits;
    }

    internal void DropUpTo(long ticks)
    {
        while (Count > 0 && _samples.Oldest.AtTicks <= ticks)
            DropOldest();
    }

    // Sums are taken anew each time: what is added and taken away again leaves rounding errors behind, and replays would differ.
    internal double Value(AggregateFunction function) => function switch
    {
        AggregateFunction.Sum => Sum(0, 1),
        AggregateFunction.Avg => Sum(0, 1) / Count,
        AggregateFunction.Stddev => Math.Sqrt(Sum(Sum(0, 1) / Count, 2) / Count),
        _ => _order![function.Index(Count)],
    };

    internal void Write(StateWriter writer)
    {
        writer.Byte(FormatVersion);
        WriteLevel(writer);
        _samples.Write(writer);
    }

    internal static SlidingAggregateState Read(StateReader reader, bool isRanked)
    {
        reader.Version(FormatVersion);
        var state = new SlidingAggregateState(isRanked);
        state.ReadLevel(reader);
        state._samples = SampleRing.Read(reader);
        for (int i = 0; i < state.Count; i++)
            state._order?.Add(state._samples[i].Value);
        return state;
    }

    private double Sum(double from, int power)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double distance = _samples[i].Value - from;
            sum += power == 1 ? distance : distance * distance;
        }

        return sum;
    }

    private void DropOldest()
    {
        TimedValue oldest = _samples.DropOldest();
        _order?.Remove(oldest.Value);
    }
}
