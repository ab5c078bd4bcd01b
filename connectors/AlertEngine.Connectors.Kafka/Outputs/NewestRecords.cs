using AlertEngine.Connectors.Kafka.Topics;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>The newest record under a key is looked for in one partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Key">The key.</param>
/// <param name="Bounds">Where it begins and ends.</param>
internal readonly record struct SoughtRecord(TopicPartition Partition, byte[] Key, PartitionBounds Bounds);

/// <summary>
/// Finds the last visible record under a key. It looks from behind, in stretches that grow, because the newest is near the end and compaction may be
/// far behind; others' records may lie between, where engines share a topic.
/// </summary>
internal sealed class NewestRecords(KafkaClients clients)
{
    private const long FirstStretch = 256;

    /// <summary>The values that were found, by partition; one key a partition.</summary>
    /// <exception cref="KafkaConnectorException">The ends are not reached.</exception>
    internal Dictionary<TopicPartition, byte[]> Find(IReadOnlyCollection<SoughtRecord> sought, CancellationToken cancellation)
    {
        var found = new Dictionary<TopicPartition, byte[]>();
        var keys = sought.ToDictionary(one => one.Partition, one => one.Key);
        for (long stretch = FirstStretch, above = 0; ; above = stretch, stretch *= 4)
        {
            List<ScanRange> ranges =
            [
                .. sought.Where(one => !found.ContainsKey(one.Partition))
                    .Select(one => new ScanRange(one.Partition, Math.Max(one.Bounds.Low, one.Bounds.End - stretch), one.Bounds.End - above))
                    .Where(range => range.From < range.Until),
            ];
            if (ranges.Count == 0)
                return found;
            new PartitionScan(clients).Read(ranges, record =>
            {
                if (record.Message.Value is { } value && keys[record.TopicPartition].AsSpan().SequenceEqual(record.Message.Key))
                    found[record.TopicPartition] = value;
            }, cancellation);
        }
    }
}
