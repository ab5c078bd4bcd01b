using System.Diagnostics.Metrics;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>What is counted of publishing.</summary>
internal static class PublishMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Publish");

    /// <summary>How long a transaction took, from its beginning to the answer to its commit.</summary>
    internal static readonly Histogram<double> TransactionSeconds = Meter.CreateHistogram<double>("publish_transaction_duration", "s", "Time of one transaction, from its beginning to its outcome.");

    /// <summary>Transactions by outcome.</summary>
    internal static readonly Counter<long> Transactions = Meter.CreateCounter<long>("publish_transactions", "{transaction}", "Transactions by outcome.");

    /// <summary>Outputs committed.</summary>
    internal static readonly Counter<long> Outputs = Meter.CreateCounter<long>("publish_outputs", "{message}", "Outputs committed.");
}
