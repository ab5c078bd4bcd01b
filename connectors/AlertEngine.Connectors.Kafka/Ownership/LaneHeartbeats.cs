using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Ownership;

/// <summary>The lanes topic as a notice board: each lane's newest heartbeat in its partition. Losing one harms nobody: the next one says it all again.</summary>
public sealed class LaneHeartbeats : IDisposable
{
    private const int NewestRecords = 100;
    private readonly IProducer<byte[]?, byte[]?> _producer;

    /// <summary>A board to write to.</summary>
    public LaneHeartbeats(KafkaClients clients) => _producer = clients.Producer("heartbeats");

    /// <summary>Puts a heartbeat up; returns at once.</summary>
    public void Write(LaneHeartbeat heartbeat)
    {
        try
        {
            _producer.Produce(new TopicPartition(TopicNames.Lanes, heartbeat.Lane), new() { Key = KeyOf(heartbeat.Lane), Value = heartbeat.Encode() });
        }
        catch (ProduceException<byte[]?, byte[]?>)
        {
            // The queue is full because the broker is away; the next heartbeat is newer anyway.
        }
    }

    /// <summary>The newest heartbeat of each lane.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer, or the topic is missing.</exception>
    public static async Task<ImmutableArray<LaneHeartbeat>> ReadAsync(KafkaClients clients, CancellationToken cancellation)
    {
        var catalog = new TopicCatalog(clients);
        var topics = await catalog.DescribeAsync([TopicNames.Lanes]).ConfigureAwait(false);
        if (topics.IsEmpty)
            throw new KafkaConnectorException(new LocalText($"缺少主题 {TopicNames.Lanes}", $"{TopicNames.Lanes} is missing"));
        var lows = (await catalog.BeginningsAsync(topics).ConfigureAwait(false)).ToDictionary(low => low.Partition, low => low.Offset);
        var ends = await catalog.EndsAsync(topics).ConfigureAwait(false);
        var newest = new SortedDictionary<int, LaneHeartbeat>();
        await Task.Run(() => new PartitionScan(clients).Read(ends.Select(end => new ScanRange(new(end.Topic, end.Partition), Math.Max(lows[end.Partition], end.Offset - NewestRecords), end.Offset)), record =>
        {
            if (record.Message.Value is { } value && LaneHeartbeat.Decode(value) is { } heartbeat)
                newest[heartbeat.Lane] = heartbeat;
        }, cancellation), cancellation).ConfigureAwait(false);
        return [.. newest.Values];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _producer.Flush(TimeSpan.FromSeconds(2));
        _producer.Dispose();
    }

    private static byte[] KeyOf(int lane) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"lane-{lane}"));
}
