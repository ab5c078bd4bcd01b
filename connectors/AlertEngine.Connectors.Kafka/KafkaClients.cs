using System.Globalization;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka;

/// <summary>
/// Makes the clients of one cluster, each with what exactly-once needs set last, so that no setting of the configuration weakens it.
/// Thread-safe. Owns the administrative client only, which whoever asks last gives back: a native handle is never freed while it is in use.
/// </summary>
public sealed class KafkaClients : IDisposable
{
    private const int ProducerQueueKilobytes = 256 << 10;
    private readonly KafkaOptions _options;
    private readonly Action<string> _log;
    private readonly SharedAdmin _admin;

    /// <summary>Clients of the cluster that <paramref name="options"/> names; nothing connects yet.</summary>
    /// <param name="options">The cluster.</param>
    /// <param name="log">Takes what the client library has to say, one sentence a call, from any thread.</param>
    public KafkaClients(KafkaOptions options, Action<string> log)
    {
        _options = options;
        _log = log;
        // The client gives up by itself within the request time-out; what is silent for longer will be so for ever.
        _admin = new SharedAdmin(
            () => new AdminClientBuilder(new AdminClientConfig(Common("admin"))).SetLogHandler((_, message) => Tell(message)).SetErrorHandler((_, _) => { }).Build(),
            options.RequestTimeout.ToTimeSpan() * 3);
    }

    /// <summary>The cluster's options.</summary>
    public KafkaOptions Options => _options;

    /// <summary>The administrative client, for who knows that nobody disposes it meanwhile.</summary>
    internal IAdminClient Admin => _admin.Client;

    /// <summary>Asks the cluster through the administrative client, which stays until the answer is there.</summary>
    /// <exception cref="KafkaException">It gave no answer, and is replaced.</exception>
    /// <exception cref="KafkaConnectorException">This has been disposed.</exception>
    public Task<T> AskAsync<T>(Func<IAdminClient, Task<T>> ask) => _admin.AskAsync(ask);

    /// <summary>The transactional producer of a lane. Not initialised.</summary>
    /// <param name="transactionalId">Its identity, which fences its predecessor.</param>
    /// <param name="onFatal">Told once the producer is beyond repair; on a thread of the client.</param>
    /// <param name="batchBytes">How large a batch of records may be: a topic holds it against the limit that is meant for one. Null: the client's default.</param>
    public IProducer<byte[]?, byte[]?> TransactionalProducer(string transactionalId, Action<Error> onFatal, int? batchBytes = null)
    {
        var config = ProducerSettings(transactionalId);
        config.BatchSize = batchBytes;
        config.TransactionalId = transactionalId;
        config.TransactionTimeoutMs = (int)_options.TransactionTimeout.TotalMilliseconds;
        // A message gives up well before its transaction does: a transaction that the broker had to abort looks as if another owner had fenced us.
        config.MessageTimeoutMs = config.TransactionTimeoutMs / 2;
        return Build(config, onFatal);
    }

    /// <summary>An idempotent producer without transactions: heartbeats, published files.</summary>
    public IProducer<byte[]?, byte[]?> Producer(string name) => Build(ProducerSettings(name), _ => { });

    /// <summary>A consumer to which partitions are assigned by hand. It never resets its position and stores no progress of its own.</summary>
    /// <param name="name">Its name in the broker's logs.</param>
    /// <param name="reset">What becomes of an offset that is not there.</param>
    /// <param name="adjust">Sets what this consumer needs besides.</param>
    public ConsumerBuilder<TKey, TValue> Consumer<TKey, TValue>(string name, AutoOffsetReset reset, Action<ConsumerConfig>? adjust = null)
    {
        var config = new ConsumerConfig(Common(name))
        {
            GroupId = _options.GroupId,
            IsolationLevel = IsolationLevel.ReadCommitted,
            AutoOffsetReset = reset,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            QueuedMaxMessagesKbytes = Math.Max(1, _options.PrefetchBytes / 1024),
            FetchMaxBytes = Math.Max(_options.PrefetchBytes / 2, 1 << 20),
            MaxPartitionFetchBytes = 1 << 20,
            FetchErrorBackoffMs = 100,
        };
        adjust?.Invoke(config);
        return new ConsumerBuilder<TKey, TValue>(config).SetLogHandler((_, message) => Tell(message)).SetErrorHandler((_, _) => { });
    }

    /// <summary>Asks the cluster whether it is there.</summary>
    /// <exception cref="KafkaConnectorException">It does not answer within the request time-out.</exception>
    public void EnsureReachable() => Metadata();

    /// <summary>What the cluster says of itself, once it answers.</summary>
    /// <exception cref="KafkaConnectorException">It does not answer within the request time-out.</exception>
    internal Metadata Metadata()
    {
        if (_options.BootstrapServers.Length == 0)
            throw new KafkaConnectorException(new LocalText("未配置 Kafka 集群：AlertEngine:Kafka:BootstrapServers 为空", "no Kafka cluster is configured: AlertEngine:Kafka:BootstrapServers is empty"));
        try
        {
            return _admin.Ask(admin => admin.GetMetadata(_options.RequestTimeout.ToTimeSpan()));
        }
        catch (KafkaException failure)
        {
            string seconds = string.Create(CultureInfo.InvariantCulture, $"{_options.RequestTimeout.TotalSeconds:0.#}");
            throw new KafkaConnectorException(
                new LocalText(
                    $"{seconds} 秒内无法连接 Kafka {_options.BootstrapServers}：{failure.Error.Reason}",
                    $"Kafka at {_options.BootstrapServers} is not reachable within {seconds} s: {failure.Error.Reason}"), failure);
        }
    }

    /// <summary>Gives the administrative client back as soon as nobody asks through it.</summary>
    public void Dispose() => _admin.Dispose();

    private IProducer<byte[]?, byte[]?> Build(ProducerConfig config, Action<Error> onFatal) =>
        new ProducerBuilder<byte[]?, byte[]?>(config)
            .SetLogHandler((_, message) => Tell(message))
            .SetErrorHandler((_, error) =>
            {
                if (error.IsFatal)
                    onFatal(error);
            })
            .SetKeySerializer(Bytes.Instance)
            .SetValueSerializer(Bytes.Instance)
            .Build();

    private ProducerConfig ProducerSettings(string name) => new(Common(name))
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        // Java's partitioner. The client's own default is CRC32, which would scatter a district over other partitions than integrators' Java clients do.
        Partitioner = Partitioner.Murmur2Random,
        LingerMs = 5,
        CompressionType = CompressionType.Lz4,
        QueueBufferingMaxKbytes = ProducerQueueKilobytes,
        DeliveryReportFields = "none",
    };

    private ClientConfig Common(string name)
    {
        // How often a client's thread looks whether it is to end: each look wakes a processor that may have nothing else to do.
        var config = new ClientConfig { BootstrapServers = _options.BootstrapServers, ClientId = $"{_options.GroupId}.{name}", CancellationDelayMaxMs = 500 };
        foreach (var (key, value) in _options.Client)
            config.Set(key, value);
        // Reconnecting soon matters more than sparing a broker that is starting: a lane waits for it.
        config.ReconnectBackoffMaxMs ??= 1_000;
        return config;
    }

    private void Tell(LogMessage message) => _log($"{message.Facility.ToLowerInvariant()}: {message.Message}");

    private sealed class Bytes : ISerializer<byte[]?>
    {
        internal static readonly Bytes Instance = new();

        public byte[] Serialize(byte[]? data, SerializationContext context) => data!;
    }
}
