using System.Collections.Immutable;
using System.Text;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Ownership;

/// <summary>The lanes topic as a notice board: each lane's newest heartbeat in its partition. Losing one harms nobody: the next one says it all again.</summary>
public sealed class LaneHeartbeats : IDisposable
{
    private readonly KafkaOptions _options;
    private readonly IProducer<byte[]?, byte[]?> _producer;

    /// <summary>A board to write to.</summary>
    public LaneHeartbeats(KafkaClients clients) => (_options, _producer) = (clients.Options, clients.Producer("heartbeats"));

    /// <summary>Puts a heartbeat up; returns at once.</summary>
    public void Write(LaneHeartbeat heartbeat)
    {
        try
        {
            _producer.Produce(new TopicPartition(TopicNames.Lanes, heartbeat.Lane), new() { Key = KeyOf(_options, heartbeat.Lane), Value = heartbeat.Encode() });
        }
        catch (ProduceException<byte[]?, byte[]?>)
        {
            // The queue is full because the broker is away; the next heartbeat is newer anyway.
        }
    }

    /// <summary>The newest heartbeat of each lane of this engine.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer, or the topic is missing.</exception>
    public static async Task<ImmutableArray<LaneHeartbeat>> ReadAsync(KafkaClients clients, CancellationToken cancellation)
    {
        var catalog = new TopicCatalog(clients);
        var topics = await catalog.DescribeAsync([TopicNames.Lanes]).ConfigureAwait(false);
        if (topics.IsEmpty)
            throw new KafkaConnectorException(new LocalText($"缺少主题 {TopicNames.Lanes}", $"{TopicNames.Lanes} is missing"));
        var bounds = await catalog.BoundsAsync(topics).ConfigureAwait(false);
        List<SoughtRecord> sought = [.. bounds.Select(pair => new SoughtRecord(new(pair.Key.Topic, pair.Key.Partition), KeyOf(clients.Options, pair.Key.Partition), pair.Value))];
        var found = await Task.Run(() => new NewestRecords(clients).Find(sought, cancellation), cancellation).ConfigureAwait(false);
        return [.. found.Values.Select(value => LaneHeartbeat.Decode(value)).OfType<LaneHeartbeat>().OrderBy(heartbeat => heartbeat.Lane)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _producer.Flush(TimeSpan.FromSeconds(2));
        _producer.Dispose();
    }

    /// <summary>The key names the engine too: engines that share a cluster share the board.</summary>
    private static byte[] KeyOf(KafkaOptions options, int lane) => Encoding.UTF8.GetBytes(options.TransactionalId(lane));
}
