using System.Diagnostics.Metrics;

namespace AlertEngine.Engine.Evaluate;

/// <summary>What is counted of evaluation. Its stage is pure: the lane counts here what results say.</summary>
internal static class EvaluateMetrics
{
    private static readonly Meter Meter = new("AlertEngine.Evaluate");

    /// <summary>Pairs of an event and a rule that were looked at.</summary>
    internal static readonly Counter<long> Evaluated = Meter.CreateCounter<long>("alertengine.evaluate.evaluated", null, "Pairs of an event and a rule that were looked at.");

    /// <summary>Pairs whose condition held.</summary>
    internal static readonly Counter<long> Hits = Meter.CreateCounter<long>("alertengine.evaluate.hits", null, "Pairs of an event and a rule whose condition held.");

    /// <summary>Events that came after the watermark.</summary>
    internal static readonly Counter<long> Late = Meter.CreateCounter<long>("alertengine.evaluate.late", null, "Events that came after the watermark.");

    /// <summary>Errors of rules.</summary>
    internal static readonly Counter<long> RuleErrors = Meter.CreateCounter<long>("alertengine.evaluate.rule_errors", null, "Conditions that met an error.");

    /// <summary>What did not fit into a detector's bounded state.</summary>
    internal static readonly Counter<long> Overflows = Meter.CreateCounter<long>("alertengine.evaluate.overflows", null, "Values that did not fit into a detector's bounded state.");

    /// <summary>How long a district took over its part of a batch.</summary>
    internal static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "alertengine.evaluate.duration", "s", "Time of a district over its part of a batch.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1] });
}
