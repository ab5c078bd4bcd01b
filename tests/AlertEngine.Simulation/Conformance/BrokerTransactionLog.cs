using Confluent.Kafka;

namespace AlertEngine.Simulation.Conformance;

/// <summary>A real broker through the client that the engine uses.</summary>
internal sealed class BrokerTransactionLog(string bootstrap, string topic) : ITransactionLog
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, IProducer<string, string>> _producers = [];
    private readonly HashSet<string> _inTransaction = [];

    public Task InitAsync(string producer, string transactionalId) => Task.Run(() =>
    {
        // So short that a transaction which nobody ends is given up while the test waits.
        ProducerConfig config = new() { BootstrapServers = bootstrap, TransactionalId = $"{topic}.{transactionalId}", TransactionTimeoutMs = 10_000, MessageTimeoutMs = 10_000 };
        IProducer<string, string> made = _producers[producer] = Quiet(config);
        made.InitTransactions(Long);
    });

    public Task SendAsync(string producer, int partition, string key, string value) => Task.Run(() =>
    {
        IProducer<string, string> sender = _producers[producer];
        if (_inTransaction.Add(producer))
            sender.BeginTransaction();
        try
        {
            sender.Produce(new TopicPartition(topic, partition), new Message<string, string> { Key = key, Value = value }, _ => { });
            sender.Flush(Long);
        }
        catch (KafkaException fenced) when (fenced.Error.IsFatal)
        {
            // Its end will say so.
        }
    });

    public async Task WriteAsync(int partition, string key, string value)
    {
        using IProducer<string, string> plain = Quiet(new ProducerConfig { BootstrapServers = bootstrap });
        await plain.ProduceAsync(new TopicPartition(topic, partition), new Message<string, string> { Key = key, Value = value });
    }

    public Task<string> EndAsync(string producer, bool commits) => Task.Run(() =>
    {
        _inTransaction.Remove(producer);
        try
        {
            if (commits)
                _producers[producer].CommitTransaction(Long);
            else
                _producers[producer].AbortTransaction(Long);
            return "done";
        }
        catch (KafkaException failure) when (failure.Error.Code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch)
        {
            return "fenced";
        }
    });

    public Task CommitUnheardAsync(string producer) => Task.Run(() =>
    {
        try
        {
            _producers[producer].CommitTransaction(TimeSpan.FromMilliseconds(1));
        }
        catch (KafkaException unheard) when (!unheard.Error.IsFatal)
        {
            // On its way, or not.
        }
    });

    /// <summary>Nothing to do but to read until it is so.</summary>
    public Task ExpireAsync() => Task.CompletedTask;

    /// <summary>The broker compacts when it likes; what is promised holds before and after.</summary>
    public Task CompactAsync(int partition) => Task.CompletedTask;

    public Task<(IReadOnlyList<(string Key, string Value)> Records, bool IsMoreHidden)> ReadAsync(int partition) => Task.Run(() =>
    {
        TopicPartition read = new(topic, partition);
        ConsumerConfig config = new() { BootstrapServers = bootstrap, GroupId = topic, EnablePartitionEof = true, EnableAutoCommit = false };
        using IConsumer<string, string> ends = new ConsumerBuilder<string, string>(new ConsumerConfig(config) { IsolationLevel = IsolationLevel.ReadUncommitted }).Build();
        long end = ends.QueryWatermarkOffsets(read, Long).High.Value;
        using IConsumer<string, string> consumer = new ConsumerBuilder<string, string>(new ConsumerConfig(config) { IsolationLevel = IsolationLevel.ReadCommitted }).Build();
        consumer.Assign(new TopicPartitionOffset(read, Offset.Beginning));
        List<(string, string)> records = [];
        while (true)
        {
            ConsumeResult<string, string> consumed = consumer.Consume(Long) ?? throw new InvalidOperationException($"{read} cannot be read");
            if (consumed.IsPartitionEOF)
                return ((IReadOnlyList<(string, string)>)records, consumed.Offset.Value < end);
            records.Add((consumed.Message.Key, consumed.Message.Value));
        }
    });

    public ValueTask DisposeAsync()
    {
        foreach (IProducer<string, string> producer in _producers.Values)
            producer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IProducer<string, string> Quiet(ProducerConfig config) =>
        new ProducerBuilder<string, string>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
}
