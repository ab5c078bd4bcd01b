using System.Text;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>
/// Reads a lane's position: the last visible record under the lane's key in its partition. It looks from behind, in stretches that double,
/// because the newest is at the end and compaction may be far behind.
/// </summary>
internal sealed class PositionReader(KafkaClients clients, TopicCatalog catalog)
{
    private const long FirstStretch = 256;

    internal async Task<PublishPosition?> ReadAsync(int lane, CancellationToken cancellation)
    {
        var topic = (await catalog.DescribeAsync([TopicNames.Positions]).ConfigureAwait(false)).SingleOrDefault();
        if (topic is null || lane >= topic.Partitions)
            throw new KafkaConnectorException($"{TopicNames.Positions} has no partition {lane}");
        long low = (await catalog.BeginningsAsync([topic]).ConfigureAwait(false)).Single(end => end.Partition == lane).Offset;
        long end = (await catalog.EndsAsync([topic]).ConfigureAwait(false)).Single(end => end.Partition == lane).Offset;
        return await Task.Run(() => Search(lane, low, end, cancellation), cancellation).ConfigureAwait(false);
    }

    private PublishPosition? Search(int lane, long low, long end, CancellationToken cancellation)
    {
        byte[] key = KeyOf(clients.Options, lane);
        var partition = new TopicPartition(TopicNames.Positions, lane);
        byte[]? last = null;
        for (long stretch = FirstStretch, until = end; last is null && until > low; stretch *= 4)
        {
            long from = Math.Max(low, end - stretch);
            new PartitionScan(clients).Read([new(partition, from, until)], record =>
            {
                if (record.Message.Value is not null && key.AsSpan().SequenceEqual(record.Message.Key))
                    last = record.Message.Value;
            }, cancellation);
            until = from;
        }

        return last is null ? null : PositionCodec.Decode(last);
    }

    /// <summary>The record's key names the engine too, so that two engines on one cluster do not take each other's position.</summary>
    internal static byte[] KeyOf(KafkaOptions options, int lane) => Encoding.UTF8.GetBytes(options.TransactionalId(lane));
}
