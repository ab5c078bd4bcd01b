using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>What is counted of work orders. Their stage is pure: the lane counts here what results say.</summary>
internal static class WorkOrderMetrics
{
    private static readonly Meter Meter = new("AlertEngine.WorkOrders");

    /// <summary>Orders dispatched, by lead unit.</summary>
    internal static readonly Counter<long> Dispatched = Meter.CreateCounter<long>("alertengine.workorders.dispatched", null, "Orders dispatched by lead unit.");

    /// <summary>From the instant at which the alert opened, in event time, to the moment at which consumers can see its order: what a sender's delay and a rule's lateness cost is in it.</summary>
    internal static readonly Histogram<double> EventToOrder = Meter.CreateHistogram(
        "alertengine.workorders.event_to_order", "s", "From the event that opened the alert to the moment at which consumers can see the order.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] });
}
