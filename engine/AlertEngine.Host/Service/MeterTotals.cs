using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AlertEngine.Host.Service;

/// <summary>
/// Sums up what the connectors measure through .NET's meters (the API of OpenTelemetry for .NET), for the metrics page. Any other exporter can
/// listen to the same meters. Thread-safe.
/// </summary>
internal sealed class MeterTotals : IDisposable
{
    private const string MeterPrefix = "AlertEngine.";
    private readonly MeterListener _listener = new();

    public MeterTotals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Sums.AddOrUpdate(new(instrument, LabelsOf(tags)), value, (_, sum) => sum + value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Histograms.GetOrAdd(new(instrument, LabelsOf(tags)), _ => new HistogramTotal()).Add(value));
        _listener.Start();
    }

    /// <summary>Counters.</summary>
    public ConcurrentDictionary<Series, long> Sums { get; } = new();

    /// <summary>Histograms.</summary>
    public ConcurrentDictionary<Series, HistogramTotal> Histograms { get; } = new();

    public void Dispose() => _listener.Dispose();

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
            labels.Add($"{name}=\"{value}\"");
        return string.Join(',', labels);
    }

    /// <summary>One instrument with one set of labels.</summary>
    internal readonly record struct Series(Instrument Instrument, string Labels);
}

/// <summary>A histogram with fixed bounds, in seconds.</summary>
internal sealed class HistogramTotal
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private readonly Lock _lock = new();
    private double _sum;

    /// <summary>Upper bounds of the buckets, in seconds: from a fast commit to the transaction time-out.</summary>
    public static double[] Bounds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

    public void Add(double value)
    {
        int bucket = Array.FindIndex(Bounds, bound => value <= bound);
        lock (_lock)
        {
            _counts[bucket < 0 ? Bounds.Length : bucket]++;
            _sum += value;
        }
    }

    /// <summary>The counts by bucket, the last one unbounded, and the sum of all values.</summary>
    public (long[] Counts, double Sum) Read()
    {
        lock (_lock)
            return ([.. _counts], _sum);
    }
}
