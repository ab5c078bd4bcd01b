using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Topics;
using NodaTime;

namespace AlertEngine.Connectors.Kafka;

/// <summary>How the engine uses a Kafka cluster: the keys of <c>AlertEngine:Kafka</c>. Immutable.</summary>
public sealed record KafkaOptions
{
    /// <summary>The brokers to begin with, <c>host:port</c> separated by commas. Empty: no Kafka.</summary>
    public string BootstrapServers { get; init; } = "";

    /// <summary>The group that owns the lanes, and under which progress is shown to lag tools. Default <c>alertengine</c>.</summary>
    public string GroupId { get; init; } = "alertengine";

    /// <summary>
    /// The engine's name among those of the cluster: a lane's transactional id is <c>{prefix}.lane-{n}</c>, and what it writes carries the prefix in
    /// <c>ae-app</c>. Two engines on one cluster need two, and two groups. Default <c>alertengine</c>.
    /// </summary>
    public string TransactionalIdPrefix { get; init; } = "alertengine";

    /// <summary>The member's permanent name in its group: a process that returns under it takes its lanes at once. Default: the host's name.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>The topics of events, keyed by district. Default: sensor, video and drone.</summary>
    public ImmutableArray<string> Inputs { get; init; } = TopicNames.DefaultInputs;

    /// <summary>The topics of events keyed by device, which are re-keyed by district before a lane reads them. Default: none.</summary>
    public ImmutableArray<string> DeviceKeyedInputs { get; init; } = [];

    /// <summary>Settings passed to the client as they are: TLS, SASL, anything librdkafka knows. They never weaken what exactly-once needs.</summary>
    public ImmutableDictionary<string, string> Client { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Bytes that one lane's consumer fetches ahead at most. Default 32 MiB.</summary>
    public int PrefetchBytes { get; init; } = 32 << 20;

    /// <summary>How long a fetch of all inputs waits for a first record; one that is there is handed over at once. Default 500 ms.</summary>
    public Duration FetchWait { get; init; } = Duration.FromMilliseconds(500);

    /// <summary>After so long the broker aborts a transaction whose owner is silent; at most 15 s, because others' readers wait for it. Default 15 s.</summary>
    public Duration TransactionTimeout { get; init; } = Duration.FromSeconds(15);

    /// <summary>
    /// A commit that takes longer has an unknown outcome, even where it succeeds: the client retries it silently, and without KIP-890 the
    /// stray copy could end the next transaction. Default 2 s.
    /// </summary>
    public Duration SlowCommit { get; init; } = Duration.FromSeconds(2);

    /// <summary>After so long without an answer the cluster counts as not reachable. Default 10 s.</summary>
    public Duration RequestTimeout { get; init; } = Duration.FromSeconds(10);

    /// <summary>How long a reader waits behind other producers' open transactions. Above their time-out and the broker's round of aborting (10 s). Default 60 s.</summary>
    public Duration OpenTransactionWait { get; init; } = Duration.FromSeconds(60);

    /// <summary>The transactional id of a lane.</summary>
    public string TransactionalId(int lane) => $"{TransactionalIdPrefix}.lane-{lane}";
}
