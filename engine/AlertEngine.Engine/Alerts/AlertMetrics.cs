using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.Alerts;

/// <summary>What is counted of alerts. Their stage is pure: the lane counts here what results say.</summary>
internal static class AlertMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Alerts");

    /// <summary>Alerts opened.</summary>
    internal static readonly Counter<long> Opened = Meter.CreateCounter<long>("alertengine.alerts.opened", null, "Alerts opened.");

    /// <summary>Alerts cleared.</summary>
    internal static readonly Counter<long> Cleared = Meter.CreateCounter<long>("alertengine.alerts.cleared", null, "Alerts cleared.");

    /// <summary>Alerts held back.</summary>
    internal static readonly Counter<long> Suppressed = Meter.CreateCounter<long>("alertengine.alerts.suppressed", null, "Alerts held back.");
}
