using System.Text.Json;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
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
    /// <summary>The engine whose lane wrote it; empty where it does not say.</summary>
    public string App { get; init; } = "";

    /// <summary>The number of the lane that wrote it; null where no lane did.</summary>
    public long? Lane { get; init; }

    /// <summary>Its number among the lane's outputs; null where no lane wrote it.</summary>
    public long? EmitSeq { get; init; }

    /// <summary>Its number among the lane's outputs of this topic; null where no lane wrote it.</summary>
    public long? TopicSeq { get; init; }

    /// <summary>The run of the lane; 1 unless it says otherwise.</summary>
    public long Run { get; init; } = 1;

    /// <summary>
    /// Which numbers of its lane a dead letter stands for, because the broker refused the message that had them for good; null for anything else.
    /// </summary>
    public (string Topic, long EmitSeq, long TopicSeq)? StandsFor => Topic == TopicNames.DeadLetters ? StandsForOf(Value) : null;

    private static (string Topic, long EmitSeq, long TopicSeq)? StandsForOf(ReadOnlyMemory<byte> letter)
    {
        try
        {
            using var document = JsonDocument.Parse(letter);
            return document.RootElement.TryGetProperty("data", out var data) && data.TryGetProperty("output", out var output)
                && output.TryGetProperty("emitSeq", out var emitSeq) && output.TryGetProperty("topicSeq", out var topicSeq)
                    ? (output.GetProperty("topic").GetString()!, emitSeq.GetInt64(), topicSeq.GetInt64())
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    internal static TopicRecord Of(ConsumeResult<byte[], byte[]> consumed) =>
        new(consumed.Topic, consumed.Partition.Value, consumed.Offset.Value, consumed.Message.Key, consumed.Message.Value)
        {
            App = OutputHeaders.AppOf(consumed.Message.Headers),
            Lane = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.Lane),
            EmitSeq = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.EmitSeq),
            Run = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.Run) ?? 1,
            TopicSeq = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.TopicSeq),
        };
}
