using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Redis;
using AlertEngine.Connectors.Sql;
using AlertEngine.Host.Logging;
using NodaTime;

namespace AlertEngine.Host.Configuration;

/// <summary>Everything that the configuration says, read and checked. Immutable.</summary>
internal sealed record EngineSettings
{
    public KafkaOptions Kafka { get; init; } = new() { InstanceId = Environment.MachineName };

    public RedisOptions Redis { get; init; } = new();

    public JournalOptions Journal { get; init; } = new() { ConnectionString = "alertengine.db" };

    /// <summary>Rule files and folders.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The city file; empty: every district and unit is accepted.</summary>
    public string City { get; init; } = "";

    /// <summary>The lateness of rules that state none.</summary>
    public Duration Lateness { get; init; } = Duration.FromSeconds(5);

    /// <summary>After so long without a record an input no longer holds the front back.</summary>
    public Duration Idle { get; init; } = Duration.FromSeconds(30);

    /// <summary>How far ahead of the clock an event may be.</summary>
    public Duration MaxSkew { get; init; } = Duration.FromMinutes(5);

    /// <summary>How long a clean stop may take; what is not over by then is left as it is.</summary>
    public Duration Stop { get; init; } = Duration.FromSeconds(20);

    /// <summary>Where health and metrics are served, separated by semicolons; empty: nowhere.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>How the log is written, and from which level on.</summary>
    public LogSettings Log { get; init; } = new(LogFormat.Text, LogLevel.Information);
}
