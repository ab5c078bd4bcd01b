using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.Deduplicate;

/// <summary>What is counted of de-duplication. Its stage is pure: the lane counts here what results say.</summary>
internal static class DeduplicateMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Deduplicate");

    /// <summary>Duplicates dropped.</summary>
    internal static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("alertengine.deduplicate.duplicates", null, "Duplicates dropped.");

    /// <summary>Events about which the lane's window decided alone, although a shared memory should have been asked.</summary>
    internal static readonly Counter<long> Degraded = Meter.CreateCounter<long>("alertengine.deduplicate.degraded", null, "Events decided by the lane's window alone, because Redis could not be asked.");
}
