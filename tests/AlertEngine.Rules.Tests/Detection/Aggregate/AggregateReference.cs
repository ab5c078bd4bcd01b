using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Tests.Detection.Driving;
using AlertEngine.Rules.Tests.Detection.Level;

namespace AlertEngine.Rules.Tests.Detection.Aggregate;

/// <summary>What <c>aggregate</c> judges, window by window over the whole stream of one key.</summary>
internal sealed record AggregateReference(AggregateFunction Function, int Window, int MinSamples, Func<double, bool> When, Func<double, bool> Clear)
{
    public IEnumerable<Judgement> Sliding(IReadOnlyList<Sample> stream)
    {
        for (int i = 0; i < stream.Count; i++)
        {
            if (stream[i].X is not null)
                yield return Judge(stream[i].At, stream.Take(i + 1));
        }
    }

    public IEnumerable<Judgement> Tumbling(IReadOnlyList<Sample> stream, int midnight, int until)
    {
        int first = stream.Where(sample => sample.X is not null).Select(sample => sample.At).DefaultIfEmpty(int.MaxValue).Min();
        for (int end = midnight; end <= until; end += Window)
        {
            // Of a key that has sent nothing yet nothing is known.
            if (end >= first)
                yield return Judge(end, stream);
        }
    }

    private Judgement Judge(int now, IEnumerable<Sample> stream)
    {
        double[] values = [.. stream.Where(sample => sample.At > now - Window && sample.At <= now && sample.X is not null).Select(sample => sample.X!.Value)];
        double? value = Value(values);
        return new Judgement(now, value is { } one ? When(one) : null, value is { } other ? Clear(other) : null);
    }

    private double? Value(double[] values)
    {
        if (values.Length == 0)
            return Function == AggregateFunction.Sum && MinSamples <= 1 ? 0 : null;
        if (values.Length < MinSamples)
            return null;
        double[] sorted = [.. values.Order()];
        double mean = values.Average();
        return Function switch
        {
            AggregateFunction.Avg => mean,
            AggregateFunction.Sum => values.Sum(),
            AggregateFunction.Min => values.Min(),
            AggregateFunction.Max => values.Max(),
            AggregateFunction.Stddev => Math.Sqrt(values.Average(value => (value - mean) * (value - mean))),
            AggregateFunction.P50 => Rank(sorted, 50),
            AggregateFunction.P95 => Rank(sorted, 95),
            _ => Rank(sorted, 99),
        };
    }

    // Nearest rank: the smallest value that at least p percent of all do not exceed.
    private static double Rank(double[] sorted, int percent) =>
        sorted.First(value => sorted.Count(other => other <= value) * 100 >= percent * sorted.Length);
}
