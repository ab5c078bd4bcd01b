using System.Diagnostics.Metrics;

namespace AlertEngine.Connectors.Redis;

/// <summary>What is counted of Redis, under the stage it serves.</summary>
internal static class RedisMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Deduplicate.Redis");

    /// <summary>Events about which Redis could not be asked.</summary>
    internal static readonly Counter<long> Degraded = Meter.CreateCounter<long>("deduplicate_degraded", "{event}", "Events about which Redis could not be asked.");

    /// <summary>How long a batch of questions took.</summary>
    internal static readonly Histogram<double> BatchSeconds = Meter.CreateHistogram<double>("deduplicate_redis_duration", "s", "Time of one batch of questions to Redis.");
}
