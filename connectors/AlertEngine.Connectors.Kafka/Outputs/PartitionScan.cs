using System.Diagnostics;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>A stretch of a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first offset.</param>
/// <param name="Until">The exclusive end, taken <c>read_uncommitted</c>.</param>
internal readonly record struct ScanRange(TopicPartition Partition, long From, long Until);

/// <summary>
/// Reads stretches of partitions as a <c>read_committed</c> consumer sees them, up to an end that was taken <c>read_uncommitted</c>: while
/// another producer's open transaction hides records, it waits. The end is told by the client's end-of-partition event, not by the last record,
/// because what a transaction leaves last is a control record.
/// </summary>
internal sealed class PartitionScan(KafkaClients clients)
{
    /// <summary>The end is told when a fetch comes back empty; the client's 500 ms would be most of a take-over.</summary>
    private const int EndWaitMs = 20;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Hands every visible record of the ranges to <paramref name="seen"/>; of one partition in rising order.</summary>
    /// <exception cref="KafkaConnectorException">The end was not reached while others' transactions may last.</exception>
    internal void Read(IEnumerable<ScanRange> ranges, Action<ConsumeResult<byte[], byte[]>> seen, CancellationToken cancellation)
    {
        var open = ranges.Where(range => range.From < range.Until).ToDictionary(range => range.Partition, range => range.Until);
        if (open.Count == 0)
            return;
        using var consumer = clients.Consumer<byte[], byte[]>("scan", AutoOffsetReset.Earliest, config => config.FetchWaitMaxMs = EndWaitMs).Build();
        consumer.Assign(ranges.Where(range => open.ContainsKey(range.Partition)).Select(range => new TopicPartitionOffset(range.Partition, range.From)));
        long lastProgress = Stopwatch.GetTimestamp();
        while (open.Count != 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Next(consumer) is { } consumed)
            {
                lastProgress = Stopwatch.GetTimestamp();
                Take(consumed, open, seen);
            }
            else if (Stopwatch.GetElapsedTime(lastProgress) > clients.Options.OpenTransactionWait.ToTimeSpan())
            {
                throw new KafkaConnectorException(
                    $"{string.Join(", ", open.Keys)} could not be read to the end within {clients.Options.OpenTransactionWait.TotalSeconds:0} s: another producer's transaction is open, or the broker is away");
            }
        }

        consumer.Close();
    }

    private static ConsumeResult<byte[], byte[]>? Next(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            return consumer.Consume(Poll);
        }
        catch (ConsumeException failure) when (failure.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.TopicAuthorizationFailed)
        {
            throw new KafkaConnectorException($"{failure.ConsumerRecord?.Topic} cannot be read: {failure.Error.Reason}", failure);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            return null;
        }
    }

    private static void Take(ConsumeResult<byte[], byte[]> consumed, Dictionary<TopicPartition, long> open, Action<ConsumeResult<byte[], byte[]>> seen)
    {
        if (!open.TryGetValue(consumed.TopicPartition, out long until))
            return;
        if (!consumed.IsPartitionEOF && consumed.Offset.Value < until)
            seen(consumed);
        long reached = consumed.IsPartitionEOF ? consumed.Offset.Value : consumed.Offset.Value + 1;
        if (reached >= until)
            open.Remove(consumed.TopicPartition);
    }
}
