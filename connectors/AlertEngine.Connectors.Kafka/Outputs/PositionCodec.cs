using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>
/// The position record: JSON, so that people can read it with any consumer. Ends are listed by topic, because every transaction carries all of
/// them: <c>{"v":1,"emitSeq":7,"runId":"1","frontier":[12],"ends":{"alertengine.alerts.v1":[3,-1]}}</c>; −1 stands for a partition without an end.
/// </summary>
internal static class PositionCodec
{
    private const int Version = 1;
    private const long NoEnd = -1;

    internal static byte[] Encode(PublishPosition position)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteNumber("emitSeq", position.EmitSeq);
            json.WriteString("runId", position.RunId);
            json.WriteStartArray("frontier");
            foreach (long offset in position.Frontier)
                json.WriteNumberValue(offset);
            json.WriteEndArray();
            WriteEnds(json, position.PreviousEnds);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="KafkaConnectorException">It is not a position of a version known here: better to stop than to publish twice.</exception>
    internal static PublishPosition Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            int version = root.GetProperty("v").GetInt32();
            if (version != Version)
                throw new KafkaConnectorException($"{Topics.TopicNames.Positions} holds a position of version {version}, this program knows version {Version}");
            return new(
                root.GetProperty("emitSeq").GetInt64(),
                [.. root.GetProperty("frontier").EnumerateArray().Select(offset => offset.GetInt64())],
                [.. root.GetProperty("ends").EnumerateObject().SelectMany(EndsOf)],
                root.GetProperty("runId").GetString() ?? "");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new KafkaConnectorException($"{Topics.TopicNames.Positions} holds a record that is no position", failure);
        }
    }

    private static void WriteEnds(Utf8JsonWriter json, ImmutableArray<OutputEnd> ends)
    {
        json.WriteStartObject("ends");
        foreach (var topic in ends.GroupBy(end => end.Topic, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            var offsets = topic.ToDictionary(end => end.Partition, end => end.Offset);
            json.WriteStartArray(topic.Key);
            for (int partition = 0; partition <= offsets.Keys.Max(); partition++)
                json.WriteNumberValue(offsets.GetValueOrDefault(partition, NoEnd));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<OutputEnd> EndsOf(JsonProperty topic) =>
        topic.Value.EnumerateArray().Select((offset, partition) => new OutputEnd(topic.Name, partition, offset.GetInt64())).Where(end => end.Offset != NoEnd);
}
