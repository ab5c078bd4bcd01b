using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Redis;
using AlertEngine.Engine.Lanes;
using AlertEngine.Host.Service;
using NodaTime;
using NodaTime.Testing;

namespace AlertEngine.Integration.Tests.Metrics;

/// <summary>The names under which a scraper finds what the engine measures, taken from the instruments themselves.</summary>
internal static class PublishedMetrics
{
    /// <summary>All of them in order, as Prometheus writes them: a histogram by its bare name.</summary>
    public static ImmutableArray<string> Names { get; } = Read();

    /// <summary>The metric that a series of a query belongs to: histograms are asked for by their parts.</summary>
    public static string MetricOf(string series) =>
        new[] { "_bucket", "_sum", "_count" }.Where(part => series.EndsWith(part, StringComparison.Ordinal)).Select(part => series[..^part.Length]).FirstOrDefault(name => Names.Contains(name)) ?? series;

    private static ImmutableArray<string> Read()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var gauges = new LaneGauges(new LaneBoard(), new FakeClock(Instant.FromUnixTimeTicks(0)));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("AlertEngine.", StringComparison.Ordinal))
                names.Add(NameOf(instrument));
        };
        foreach (var assembly in new[] { typeof(LaneActor).Assembly, typeof(KafkaOutputPort).Assembly, typeof(RedisConnection).Assembly })
            foreach (var type in assembly.GetTypes().Where(HoldsInstruments))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        listener.Start();
        return [.. names];
    }

    private static bool HoldsInstruments(Type type) => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Any(field => field.FieldType == typeof(Meter));

    private static string NameOf(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument is Counter<long> or ObservableCounter<double> ? name + "_total" : name;
    }
}
