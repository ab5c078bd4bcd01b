using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace AlertEngine.Host.Service;

/// <summary>Listens to what the stages, the connectors and the runtime measure, for whoever scrapes <c>/metrics</c>.</summary>
internal static class EngineMetrics
{
    /// <summary>More series of one instrument than this are folded into one: reasons and units are bounded, and a city has hundreds of them.</summary>
    private const int MaxSeries = 5_000;

    /// <summary>Begins to listen. What is measured before is lost, so this comes before the lanes.</summary>
    public static MeterProvider Listen() => Sdk.CreateMeterProviderBuilder()
        .AddMeter("AlertEngine.*", "System.Runtime")
        .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MaxSeries })
        // The names say the stage already, and who scrapes knows whom.
        .AddPrometheusExporter(prometheus => (prometheus.ScopeInfoEnabled, prometheus.TargetInfoEnabled, prometheus.ScrapeResponseCacheDurationMilliseconds) = (false, false, 0))
        .Build();
}
