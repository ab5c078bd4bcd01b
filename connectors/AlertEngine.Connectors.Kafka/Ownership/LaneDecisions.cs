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
    /// <summary>Heartbeats of a halted lane lie behind a decision: an hour of them. Where there is none, not the whole topic is searched at every beat.</summary>
    private const int NewestHeartbeats = 2_000;

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
        var bounds = await catalog.BoundsAsync(await catalog.DescribeAsync([TopicNames.Lanes]).ConfigureAwait(false)).ConfigureAwait(false);
        if (!bounds.TryGetValue((TopicNames.Lanes, lane), out var its))
            throw new KafkaConnectorException($"{TopicNames.Lanes} has no partition {lane}");
        its = its with { Low = Math.Max(its.Low, its.End - NewestHeartbeats) };
        var partition = new TopicPartition(TopicNames.Lanes, lane);
        var found = await Task.Run(() => new NewestRecords(clients).Find([new SoughtRecord(partition, KeyOf(lane), its)], cancellation), cancellation).ConfigureAwait(false);
        return found.TryGetValue(partition, out byte[]? newest) ? Decode(newest) : null;
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

    private byte[] KeyOf(int lane) => Encoding.UTF8.GetBytes($"{clients.Options.TransactionalId(lane)}.resume");
}
