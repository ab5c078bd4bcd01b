using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.Ingest;

/// <summary>What is counted of ingest. Its stage is pure: the lane counts here what results say.</summary>
internal static class IngestMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Ingest");

    /// <summary>Records read.</summary>
    internal static readonly Counter<long> Events = Meter.CreateCounter<long>("alertengine.ingest.events", null, "Records read.");

    /// <summary>Records of commands and feedback read.</summary>
    internal static readonly Counter<long> Commands = Meter.CreateCounter<long>("alertengine.ingest.commands", null, "Records of commands and feedback read.");

    /// <summary>Records sent to the lane of their district.</summary>
    internal static readonly Counter<long> Rekeyed = Meter.CreateCounter<long>("alertengine.ingest.rekeyed", null, "Records sent to the lane of their district.");

    /// <summary>Events accepted.</summary>
    internal static readonly Counter<long> Accepted = Meter.CreateCounter<long>("alertengine.ingest.accepted", null, "Events accepted.");

    /// <summary>Dead letters, by reason.</summary>
    internal static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("alertengine.ingest.dead_letters", null, "Dead letters by reason.");
}
