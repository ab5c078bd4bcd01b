using System.Text;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>Reads a lane's position: the last visible record under the lane's key in its partition.</summary>
internal sealed class PositionReader(KafkaClients clients, TopicCatalog catalog)
{
    internal async Task<PublishPosition?> ReadAsync(int lane, CancellationToken cancellation)
    {
        var topic = (await catalog.DescribeAsync([TopicNames.Positions]).ConfigureAwait(false)).SingleOrDefault();
        if (topic is null || lane >= topic.Partitions)
            throw new KafkaConnectorException($"{TopicNames.Positions} has no partition {lane}");
        var bounds = await catalog.BoundsAsync([topic]).ConfigureAwait(false);
        var partition = new TopicPartition(TopicNames.Positions, lane);
        SoughtRecord sought = new(partition, KeyOf(clients.Options, lane), bounds[(TopicNames.Positions, lane)]);
        var found = await Task.Run(() => new NewestRecords(clients).Find([sought], cancellation), cancellation).ConfigureAwait(false);
        return found.TryGetValue(partition, out byte[]? last) ? PositionCodec.Decode(last) : null;
    }

    /// <summary>The record's key names the engine too, so that two engines on one cluster do not take each other's position.</summary>
    internal static byte[] KeyOf(KafkaOptions options, int lane) => Encoding.UTF8.GetBytes(options.TransactionalId(lane));
}
