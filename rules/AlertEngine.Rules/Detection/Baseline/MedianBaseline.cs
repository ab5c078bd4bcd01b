using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>What the method <c>mad</c> looks back at: the samples of a time, at most so many.</summary>
/// <param name="windowTicks">How far it looks back.</param>
internal sealed class MedianBaseline(long windowTicks) : BaselineState
{
    // For a normal distribution, the standard deviation is so many median distances.
    private const double DeviationsPerMedianDistance = 1.4826;
    private const int LeastSamples = 3;

    private SampleRing _samples = new();
    private readonly SortedValues _order = new();

    internal override Forecast? Expect(long atTicks)
    {
        DropUpTo(atTicks - windowTicks);
        if (_samples.Count < LeastSamples)
            return null;
        double median = _order.Median();
        return Forecast.Of(median, DeviationsPerMedianDistance * _order.MedianDistance(median));
    }

    internal override void Learn(double value, long atTicks)
    {
        if (_samples.Count == BaselineOptions.SampleLimit)
            _order.Remove(_samples.DropOldest().Value);
        _samples.Add(new TimedValue(atTicks, value));
        _order.Add(value);
    }

    private protected override void WriteLearned(StateWriter writer) => _samples.Write(writer);

    private protected override void ReadLearned(StateReader reader)
    {
        _samples = SampleRing.Read(reader);
        for (int i = 0; i < _samples.Count; i++)
            _order.Add(_samples[i].Value);
    }

    private void DropUpTo(long ticks)
    {
        while (_samples.Count > 0 && _samples.Oldest.AtTicks <= ticks)
            _order.Remove(_samples.DropOldest().Value);
    }
}
