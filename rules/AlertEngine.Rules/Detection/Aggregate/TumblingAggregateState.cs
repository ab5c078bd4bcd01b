using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>
/// The state of a tumbling <c>aggregate</c> for one key: running moments (Welford 1962) of the present window, the samples themselves only
/// where percentiles are asked for, and what the last window came to.
/// </summary>
internal sealed class TumblingAggregateState : LevelState
{
    private const byte FormatVersion = 1;

    private double _sum;
    private double _min;
    private double _max;
    private double _mean;
    private double _squares;
    private List<double>? _samples;

    internal long EndTicks { get; set; } = NeverTicks;

    internal int Count { get; private set; }

    /// <summary>The value of the last window; NaN where it had none.</summary>
    internal double LastValue { get; set; } = double.NaN;

    internal int LastCount { get; set; }

    public override bool IsEmpty => !Fires && Count == 0 && EndTicks == NeverTicks;

    /// <returns>False where the bound was met.</returns>
    internal bool Add(double value, bool isKept)
    {
        Count++;
        _sum += value;
        _min = Count == 1 ? value : Math.Min(_min, value);
        _max = Count == 1 ? value : Math.Max(_max, value);
        double before = _mean;
        _mean += (value - before) / Count;
        _squares += (value - before) * (value - _mean);
        if (!isKept)
            return true;
        _samples ??= [];
        if (_samples.Count == WindowLimits.SampleLimit)
            return false;
        _samples.Add(value);
        return true;
    }

    internal double Value(AggregateFunction function) => function switch
    {
        AggregateFunction.Sum => _sum,
        AggregateFunction.Avg => _sum / Count,
        AggregateFunction.Min => _min,
        AggregateFunction.Max => _max,
        AggregateFunction.Stddev => Math.Sqrt(_squares / Count),
        _ => Ranked(function),
    };

    internal void Turn()
    {
        Count = 0;
        _sum = _mean = _squares = 0;
        _samples?.Clear();
    }

    internal void Write(StateWriter writer)
    {
        writer.Byte(FormatVersion);
        WriteLevel(writer);
        writer.Signed(EndTicks);
        writer.Double(LastValue);
        writer.Count(LastCount);
        writer.Count(Count);
        foreach (double moment in new[] { _sum, _min, _max, _mean, _squares })
            writer.Double(moment);
        writer.Count(_samples?.Count ?? 0);
        foreach (double sample in _samples ?? [])
            writer.Double(sample);
    }

    internal static TumblingAggregateState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        var state = new TumblingAggregateState();
        state.ReadLevel(reader);
        state.EndTicks = reader.Signed();
        state.LastValue = reader.Double();
        state.LastCount = reader.Count();
        state.Count = reader.Count();
        state._sum = reader.Double();
        state._min = reader.Double();
        state._max = reader.Double();
        state._mean = reader.Double();
        state._squares = reader.Double();
        int samples = reader.Bounded(WindowLimits.SampleLimit);
        state._samples = samples > 0 ? [.. Enumerable.Range(0, samples).Select(_ => reader.Double())] : null;
        return state;
    }

    // Sorted in place: the order of arrival is no matter any more.
    private double Ranked(AggregateFunction function)
    {
        _samples!.Sort();
        return _samples[function.Index(_samples.Count)];
    }
}
