using System.Diagnostics.Metrics;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>What is counted of publishing.</summary>
internal static class PublishMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Publish");

    /// <summary>How long a transaction took, from its beginning to the answer to its commit.</summary>
    internal static readonly Histogram<double> TransactionSeconds = Meter.CreateHistogram(
        "alertengine.publish.transaction_duration", "s", "Time of one transaction, from its beginning to its outcome.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15] });

    /// <summary>Transactions by outcome.</summary>
    internal static readonly Counter<long> Transactions = Meter.CreateCounter<long>("alertengine.publish.transactions", null, "Transactions by outcome.");

    /// <summary>Outputs committed.</summary>
    internal static readonly Counter<long> Outputs = Meter.CreateCounter<long>("alertengine.publish.outputs", null, "Outputs committed.");
}
