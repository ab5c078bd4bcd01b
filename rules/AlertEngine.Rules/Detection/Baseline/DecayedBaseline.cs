namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>What the methods <c>ewma</c> (one bucket) and <c>seasonal</c> (many) have learned.</summary>
/// <param name="season">Tells buckets; null: there is one.</param>
/// <param name="halfLifeTicks">After so long a sample weighs half.</param>
internal sealed class DecayedBaseline(SeasonClock? season, double halfLifeTicks) : BaselineState
{
    // A bucket's own spread counts for as much as its samples weigh, that of all buckets together for as much as these.
    private const double PooledWeight = 20;

    private DecayedLevel[] _buckets = new DecayedLevel[season?.BucketCount ?? 1];
    private DecayedLevel _residuals;

    internal override Forecast? Expect(long atTicks)
    {
        ref DecayedLevel bucket = ref _buckets[season?.BucketOf(atTicks) ?? 0];
        return bucket.IsKnown ? Forecast.Of(bucket.Level, ScaleOf(in bucket)) : null;
    }

    internal override void Learn(double value, long atTicks)
    {
        ref DecayedLevel bucket = ref _buckets[season?.BucketOf(atTicks) ?? 0];
        double scale = bucket.IsKnown ? Forecast.Of(bucket.Level, ScaleOf(in bucket)).Scale : 0;
        if (bucket.IsKnown)
            _residuals.Learn(value - bucket.Level, Forecast.Of(0, scale).Scale, atTicks, halfLifeTicks);
        bucket.Learn(value, scale, atTicks, halfLifeTicks);
    }

    private protected override void WriteLearned(StateWriter writer)
    {
        _residuals.Write(writer);
        writer.Count(_buckets.Length);
        foreach (DecayedLevel bucket in _buckets)
            bucket.Write(writer);
    }

    private protected override void ReadLearned(StateReader reader)
    {
        _residuals = DecayedLevel.Read(reader);
        int count = reader.Bounded(BaselineOptions.BucketLimit);
        var read = new DecayedLevel[count];
        for (int i = 0; i < count; i++)
            read[i] = DecayedLevel.Read(reader);
        // A rule that was edited has other buckets: what was learned does not fit them, and the warm-up begins anew.
        if (count == _buckets.Length)
            _buckets = read;
        else
            FirstTicks = NeverTicks;
    }

    private double ScaleOf(ref readonly DecayedLevel bucket) => DecayedLevel.DeviationsPerDistance
        * (bucket.Weight * bucket.Distance + PooledWeight * _residuals.Distance) / (bucket.Weight + PooledWeight);
}
