using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Ownership;

/// <summary>A person's decision about a halted lane, as it stands in the lane's partition of the lanes topic: whoever owns the lane finds it.</summary>
public sealed record LaneDecision
{
    /// <summary>The lane.</summary>
    public required int Lane { get; init; }

    /// <summary>What is accepted: <c>rewind</c>, <c>recreated</c>.</summary>
    public required string Accepts { get; init; }

    /// <summary>The reason of the halt that is decided about, word by word.</summary>
    public required string Halt { get; init; }

    /// <summary>Who decided.</summary>
    public required string Actor { get; init; }

    /// <summary>When; RFC 3339.</summary>
    public required string DecidedAt { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LaneDecision))]
internal sealed partial class DecisionJson : JsonSerializerContext;

/// <summary>Writes decisions and finds them again. Thread-safe.</summary>
public sealed class LaneDecisions(KafkaClients clients)
{
    /// <summary>A halted lane's own heartbeats lie behind a decision: an hour of them.</summary>
    private const int NewestRecords = 2_000;

    /// <summary>Writes a decision; it is on the broker when this returns.</summary>
    /// <exception cref="KafkaConnectorException">The broker refuses it.</exception>
    public async Task WriteAsync(LaneDecision decision)
    {
        using var producer = clients.Producer("decisions");
        try
        {
            await producer.ProduceAsync(
                new TopicPartition(TopicNames.Lanes, decision.Lane),
                new() { Key = KeyOf(decision.Lane), Value = JsonSerializer.SerializeToUtf8Bytes(decision, DecisionJson.Default.LaneDecision) }).ConfigureAwait(false);
        }
        catch (ProduceException<byte[]?, byte[]?> failure)
        {
            throw new KafkaConnectorException($"the decision cannot be written: {failure.Error.Reason}", failure);
        }
    }

    /// <summary>The newest decision about a lane; null where there is none.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer.</exception>
    public async Task<LaneDecision?> ReadAsync(int lane, CancellationToken cancellation)
    {
        var catalog = new TopicCatalog(clients);
        var topics = await catalog.DescribeAsync([TopicNames.Lanes]).ConfigureAwait(false);
        long low = (await catalog.BeginningsAsync(topics).ConfigureAwait(false)).First(end => end.Partition == lane).Offset;
        long end = (await catalog.EndsAsync(topics).ConfigureAwait(false)).First(end => end.Partition == lane).Offset;
        byte[] key = KeyOf(lane);
        byte[]? newest = null;
        await Task.Run(() => new PartitionScan(clients).Read([new(new TopicPartition(TopicNames.Lanes, lane), Math.Max(low, end - NewestRecords), end)], record =>
        {
            if (key.AsSpan().SequenceEqual(record.Message.Key))
                newest = record.Message.Value;
        }, cancellation), cancellation).ConfigureAwait(false);
        return newest is null ? null : Decode(newest);
    }

    private static LaneDecision? Decode(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, DecisionJson.Default.LaneDecision);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] KeyOf(int lane) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"resume-{lane}"));
}
