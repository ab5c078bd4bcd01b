using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.CloudEvents;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Publishing;

/// <summary>What a dead letter tells of its record, and whether the record can be sent again.</summary>
/// <param name="Id">The dead letter's id.</param>
/// <param name="Topic">Where the record came from.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="Message">The same as a sentence.</param>
public sealed record DeadLetter(string Id, string Topic, int Partition, long Offset, string Code, string Message)
{
    private ReadOnlyMemory<byte> Value { get; init; }

    private ImmutableArray<Header> Headers { get; init; } = [];

    /// <summary>Why the record cannot be sent again; null where it can.</summary>
    public LocalText? Obstacle { get; private init; }

    /// <summary>Reads a dead letter; null where the JSON is none.</summary>
    public static DeadLetter? Read(JsonElement message)
    {
        try
        {
            var data = message.GetProperty("data");
            var errors = data.GetProperty("__alertengine").GetProperty("errors");
            byte[]? value = ValueOf(data);
            return new(
                message.GetProperty("id").GetString()!, errors.GetProperty("topic").GetString()!, errors.GetProperty("partition").GetInt32(),
                errors.GetProperty("offset").GetInt64(), errors.GetProperty("code").GetString()!, errors.GetProperty("message").GetString()!)
            {
                Value = value,
                Headers = HeadersOf(data),
                Obstacle = ObstacleOf(data, value),
            };
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Sends the record again, to the partition it came from unless another topic is named, with one redrive more to its count.</summary>
    /// <exception cref="KafkaConnectorException">The broker refuses it.</exception>
    public async Task RedriveAsync(IProducer<byte[]?, byte[]?> producer, string? topic)
    {
        var message = new Message<byte[]?, byte[]?> { Key = EventPublisher.KeyOf(Value.Span, out _), Value = Value.ToArray(), Headers = Counted() };
        try
        {
            await (topic is null ? producer.ProduceAsync(new TopicPartition(Topic, Partition), message) : producer.ProduceAsync(topic, message)).ConfigureAwait(false);
        }
        catch (ProduceException<byte[]?, byte[]?> failure)
        {
            throw new KafkaConnectorException(new LocalText($"死信 {Id} 无法重发：{failure.Error.Reason}", $"dead letter {Id} cannot be sent again: {failure.Error.Reason}"), failure);
        }
    }

    /// <summary>The number makes it another event than the one that was refused: otherwise de-duplication would drop it.</summary>
    private Headers Counted()
    {
        var headers = new Headers();
        int redriven = 0;
        foreach (var header in Headers)
        {
            if (header.Key == RecordModes.RedriveHeader)
                _ = int.TryParse(Encoding.ASCII.GetString(header.GetValueBytes()), NumberStyles.None, CultureInfo.InvariantCulture, out redriven);
            else
                headers.Add(header);
        }

        headers.Add(RecordModes.RedriveHeader, Encoding.ASCII.GetBytes((redriven + 1).ToString(CultureInfo.InvariantCulture)));
        return headers;
    }

    private static byte[]? ValueOf(JsonElement data) =>
        data.TryGetProperty("value", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!)
        : data.TryGetProperty("valueBase64", out var bytes) ? bytes.GetBytesFromBase64()
        : null;

    private static ImmutableArray<Header> HeadersOf(JsonElement data) =>
        data.TryGetProperty("headers", out var headers)
            ? [.. headers.EnumerateArray().Select(header => new Header(header.GetProperty("name").GetString()!, header.GetProperty("valueBase64").GetBytesFromBase64()))]
            : [];

    /// <summary>Only the very bytes that were refused are sent again: a value that was cut or masked is told by its hash.</summary>
    private static LocalText? ObstacleOf(JsonElement data, byte[]? value)
    {
        if (data.TryGetProperty("output", out _))
            return new("它是引擎的输出，不是事件", "it is an output of the engine, not an event");
        if (value is null)
            return new("其内容未保留，因为可能含有敏感字段", "its value is withheld, because it may hold sensitive fields");
        if (data.GetProperty("valueBytes").GetInt64() > value.Length)
            return new(
                $"其 {data.GetProperty("valueBytes").GetInt64()} 字节中只保留了前 {value.Length} 字节",
                $"only the first {value.Length} of its {data.GetProperty("valueBytes").GetInt64()} bytes were kept");
        return Convert.ToHexStringLower(SHA256.HashData(value)) != data.GetProperty("valueSha256").GetString()
            ? new("其内容中的敏感字段已遮盖", "sensitive fields of its value are masked")
            : null;
    }
}
