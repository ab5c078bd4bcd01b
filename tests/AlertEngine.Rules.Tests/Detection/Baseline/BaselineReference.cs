using AlertEngine.Rules.Detection.Baseline;
using AlertEngine.Rules.Tests.Detection.Driving;
using AlertEngine.Rules.Tests.Detection.Level;

namespace AlertEngine.Rules.Tests.Detection.Baseline;

/// <summary>What <c>baseline</c> judges: for each sample everything before it is gone through anew.</summary>
internal sealed record BaselineReference(BaselineMethod Method, int HalfLife, int Season, int Bucket, int Warmup, double Limit, double ClearLimit)
{
    private const int SecondsOfZone = 8 * 3_600;

    public IEnumerable<Judgement> Judgements(IReadOnlyList<Sample> stream)
    {
        Sample[] known = [.. stream.Where(sample => sample.X is not null)];
        for (int i = 0; i < known.Length; i++)
        {
            if (known[i].At - known[0].At < Warmup)
                continue;
            double? score = Method == BaselineMethod.Mad ? MadScore(known, i) : DecayedScore(known, i);
            if (score is { } value)
                yield return new Judgement(known[i].At, value > Limit, value < ClearLimit);
        }
    }

    private double? MadScore(Sample[] known, int index)
    {
        double[] window = [.. known.Take(index).Where(sample => sample.At > known[index].At - 2 * HalfLife).Select(sample => sample.X!.Value).Order()];
        if (window.Length < 3)
            return null;
        double median = (window[(window.Length - 1) / 2] + window[window.Length / 2]) / 2;
        double spread = window.Select(value => Math.Abs(value - median)).Order().ElementAt((window.Length - 1) / 2);
        return Score(known[index].X!.Value, median, spread > 0 ? 1.4826 * spread : 1.2533141373155 * (window.Sum(value => Math.Abs(value - median)) / window.Length));
    }

    private double? DecayedScore(Sample[] known, int index)
    {
        var buckets = new Dictionary<int, Learned>();
        var residuals = new Learned();
        for (int i = 0; i < index; i++)
        {
            Learned bucket = buckets.TryGetValue(BucketOf(known[i].At), out Learned? found) ? found : buckets[BucketOf(known[i].At)] = new Learned();
            double value = known[i].X!.Value;
            if (bucket.Weight < 3)
            {
                bucket.Take(value, 0, known[i].At, HalfLife);
                continue;
            }

            double scale = Floor(bucket.Level, Spread(bucket, residuals));
            residuals.Take(value - bucket.Level, scale, known[i].At, HalfLife);
            bucket.Take(value, scale, known[i].At, HalfLife);
        }

        return buckets.TryGetValue(BucketOf(known[index].At), out Learned? now) && now.Weight >= 3
            ? Score(known[index].X!.Value, now.Level, Spread(now, residuals))
            : null;
    }

    private int BucketOf(int at) => Method == BaselineMethod.Ewma ? 0 : (at + SecondsOfZone) % Season / Bucket;

    private static double Spread(Learned bucket, Learned residuals) =>
        Math.Sqrt(Math.PI / 2) * (bucket.Weight * bucket.Distance + 20 * residuals.Distance) / (bucket.Weight + 20);

    private static double Floor(double expected, double scale) => Math.Max(scale, Math.Max(Math.Abs(expected) / 100, 1e-9));

    private static double Score(double value, double expected, double scale) => Math.Abs(value - expected) / Floor(expected, scale);

    private sealed class Learned
    {
        private int _last;

        public double Level { get; private set; }

        public double Distance { get; private set; }

        public double Weight { get; private set; }

        public void Take(double value, double scale, int at, int halfLife)
        {
            double kept = Weight * Math.Pow(0.5, (at - _last) / (double)halfLife);
            Weight = 1 + (Weight < 3 ? Math.Max(kept, Weight) : Math.Max(kept, 3));
            _last = at;
            double away = scale > 0 ? Math.Max(-3 * scale, Math.Min(3 * scale, value - Level)) : value - Level;
            Level += away / Weight;
            Distance += Weight > 1 ? (Math.Abs(away) - Distance) / (Weight - 1) : 0;
        }
    }
}
