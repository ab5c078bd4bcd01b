using AlertEngine.Connectors.Kafka.Outputs;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Reading;

/// <summary>A record of a topic as a <c>read_committed</c> consumer sees it.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset.</param>
/// <param name="Key">The key; empty where there is none.</param>
/// <param name="Value">The value; empty where there is none.</param>
public sealed record TopicRecord(string Topic, int Partition, long Offset, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)
{
    /// <summary>The lane that wrote it; null where no lane did.</summary>
    public long? Lane { get; init; }

    /// <summary>Its number among the lane's outputs; null where no lane wrote it.</summary>
    public long? EmitSeq { get; init; }

    /// <summary>Its number among the lane's outputs of this topic; null where no lane wrote it.</summary>
    public long? TopicSeq { get; init; }

    internal static TopicRecord Of(ConsumeResult<byte[], byte[]> consumed) =>
        new(consumed.Topic, consumed.Partition.Value, consumed.Offset.Value, consumed.Message.Key, consumed.Message.Value)
        {
            Lane = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.Lane),
            EmitSeq = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.EmitSeq),
            TopicSeq = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.TopicSeq),
        };
}
