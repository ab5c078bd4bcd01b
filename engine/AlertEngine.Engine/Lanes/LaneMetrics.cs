using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.Lanes;

/// <summary>What is counted of lanes themselves: their batches and their journal.</summary>
internal static class LaneMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Lanes");

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15] };

    /// <summary>Records a batch took.</summary>
    internal static readonly Histogram<long> BatchRecords = Meter.CreateHistogram<long>(
        "alertengine.lane.batch_records", null, "Records of a batch.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [0, 1, 10, 100, 500, 1_000, 2_000, 4_000, 8_192] });

    /// <summary>From the closing of a batch to its being durable.</summary>
    internal static readonly Histogram<double> BatchDuration = Meter.CreateHistogram("alertengine.lane.batch_duration", "s", "From the closing of a batch to its being durable.", advice: Seconds);

    /// <summary>How long a write of the journal took.</summary>
    internal static readonly Histogram<double> JournalDuration = Meter.CreateHistogram("alertengine.lane.journal_duration", "s", "Time of one write of the journal.", advice: Seconds);
}
