using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Reading;

/// <summary>Reads topics from their beginnings to the ends of now, <c>read_committed</c>.</summary>
public sealed class TopicReader(KafkaClients clients)
{
    private const string OrderPrefix = "city.workorders.";

    /// <summary>The topics of this cluster that lanes write to, without the positions.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer.</exception>
    public ImmutableArray<string> OutputTopics()
    {
        var names = clients.Metadata().Topics.Select(topic => topic.Topic);
        var fixedTopics = TopicPlans.WrittenByLanes([]).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => fixedTopics.Contains(name) || IsOrders(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a topic holds a unit's work orders.</summary>
    public static bool IsOrders(string topic) => topic.StartsWith(OrderPrefix, StringComparison.Ordinal) && topic != TopicNames.Feedback;

    /// <summary>Where the partitions of some topics begin and end.</summary>
    /// <exception cref="KafkaConnectorException">A topic is missing, or the cluster does not answer.</exception>
    public async Task<ImmutableDictionary<(string Topic, int Partition), PartitionBounds>> BoundsAsync(IReadOnlyCollection<string> topics)
    {
        var catalog = new TopicCatalog(clients);
        var known = await catalog.DescribeAsync(topics).ConfigureAwait(false);
        var missing = topics.Except(known.Select(topic => topic.Name)).ToList();
        if (missing.Count != 0)
            throw new KafkaConnectorException(new LocalText($"缺少主题：{string.Join("，", missing)}", $"missing: {string.Join(", ", missing)}"));
        return await catalog.BoundsAsync(known).ConfigureAwait(false);
    }

    /// <summary>Hands every visible record to <paramref name="seen"/>, of one partition in order.</summary>
    /// <exception cref="KafkaConnectorException">The ends are not reached.</exception>
    public Task ReadAsync(ImmutableDictionary<(string Topic, int Partition), PartitionBounds> bounds, Action<TopicRecord> seen, CancellationToken cancellation) =>
        Task.Run(
            () => new PartitionScan(clients).Read(
                bounds.Select(pair => new ScanRange(new TopicPartition(pair.Key.Topic, pair.Key.Partition), pair.Value.Low, pair.Value.End)),
                consumed => seen(TopicRecord.Of(consumed)),
                cancellation),
            cancellation);
}
