using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>Looks which of a lane's outputs are visible above a position. Another engine's lane of the same number may write to the same topics.</summary>
internal sealed class OutputTailReader(KafkaClients clients, TopicCatalog catalog, ImmutableArray<string> outputTopics)
{
    internal async Task<OutputTail> ReadAsync(int lane, PublishPosition? position, CancellationToken cancellation)
    {
        var before = position?.PreviousEnds ?? [];
        var topics = await catalog.DescribeAsync(before.Select(end => end.Topic).Concat(outputTopics)).ConfigureAwait(false);
        var ends = await catalog.EndsAsync(topics).ConfigureAwait(false);
        var starts = before.ToDictionary(end => new TopicPartition(end.Topic, end.Partition), end => end.Offset);
        // A partition that the position does not know is read from its beginning: this lane may have written there in the very transaction that is asked about.
        var ranges = ends.Select(end => new TopicPartition(end.Topic, end.Partition) is var partition
            ? new ScanRange(partition, starts.GetValueOrDefault(partition, 0), end.Offset)
            : default);
        var visible = await Task.Run(() => Collect(lane, position?.EmitSeq ?? 0, [.. ranges], cancellation), cancellation).ConfigureAwait(false);
        return new(visible, ends);
    }

    private ImmutableArray<long> Collect(int lane, long above, ImmutableArray<ScanRange> ranges, CancellationToken cancellation)
    {
        var visible = ImmutableArray.CreateBuilder<long>();
        new PartitionScan(clients).Read(ranges, record =>
        {
            if (OutputHeaders.NumberOf(record.Message.Headers, OutputHeaders.Lane) == lane
                && OutputHeaders.AppOf(record.Message.Headers) == clients.Options.TransactionalIdPrefix
                && OutputHeaders.NumberOf(record.Message.Headers, OutputHeaders.EmitSeq) is { } emitSeq && emitSeq > above)
                visible.Add(emitSeq);
        }, cancellation);
        visible.Sort();
        return visible.DrainToImmutable();
    }
}
