using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>What the method <c>mad</c> looks back at: the samples of a time, at most so many.</summary>
/// <param name="windowTicks">How far it looks back.</param>
internal sealed class MedianBaseline(long windowTicks) : BaselineState
{
    // For a normal distribution, the standard deviation is so many median distances.
    private const double DeviationsPerMedianDistance = 1.4826;

    // Where more than half of the samples are the same, as of a sensor that tells whole numbers, the median distance is zero and says nothing of the
    // rest: the mean distance takes its place (Iglewicz and Hoaglin, 1993).
    private const double DeviationsPerMeanDistance = DecayedLevel.DeviationsPerDistance;
    private const int LeastSamples = 3;

    private SampleRing _samples = new();
    private readonly SortedValues _order = new();

    internal override Forecast? Expect(long atTicks)
    {
        DropUpTo(atTicks - windowTicks);
        if (_samples.Count < LeastSamples)
            return null;
        double median = _order.Median();
        double distance = _order.MedianDistance(median);
        return Forecast.Of(median, distance > 0 ? DeviationsPerMedianDistance * distance : DeviationsPerMeanDistance * _order.MeanDistance(median));
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
