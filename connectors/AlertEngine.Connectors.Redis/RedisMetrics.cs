using System.Diagnostics.Metrics;

namespace AlertEngine.Connectors.Redis;

/// <summary>What is counted of Redis, under the stage it serves.</summary>
internal static class RedisMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Deduplicate.Redis");

    /// <summary>Questions without an answer; under the policy <c>pause</c> the same one may count many times.</summary>
    internal static readonly Counter<long> Unanswered = Meter.CreateCounter<long>("alertengine.deduplicate.redis_unanswered", null, "Questions that Redis did not answer.");

    /// <summary>How long a batch of questions took.</summary>
    internal static readonly Histogram<double> BatchSeconds = Meter.CreateHistogram(
        "alertengine.deduplicate.redis_duration", "s", "Time of one batch of questions to Redis.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1] });
}
