using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.Publish;

/// <summary>What is counted of outputs that could not go out as they were. Its stage is pure: the lane counts here what results say.</summary>
internal static class OutputMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Publish.Outputs");

    /// <summary>Outputs that lost something because they were too large.</summary>
    internal static readonly Counter<long> Trimmed = Meter.CreateCounter<long>("alertengine.publish.trimmed", null, "Outputs that lost something because they were too large.");

    /// <summary>Outputs for which a dead letter stands.</summary>
    internal static readonly Counter<long> Undeliverable =
        Meter.CreateCounter<long>("alertengine.publish.undeliverable", null, "Outputs for which a dead letter stands: too large, or refused by the broker.");
}
