using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertEngine.Connectors.Kafka.Ownership;

/// <summary>What a lane says of itself, for <c>lanes status</c> and for other lanes.</summary>
public sealed record LaneHeartbeat
{
    /// <summary>The lane.</summary>
    public required int Lane { get; init; }

    /// <summary>How many lanes the city has.</summary>
    public required int Lanes { get; init; }

    /// <summary>The instance that runs it.</summary>
    public required string Owner { get; init; }

    /// <summary>One word: <c>recovering</c>, <c>running</c>, <c>halted</c>, <c>restarting</c>, <c>stopped</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it does not run; empty where it does.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What a person may decide about a halt: <c>rewind</c>, <c>recreated</c>, <c>repartitioned</c> and <c>damage</c> (nothing); empty where it has not halted.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What to do about a halt; empty where there is none.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>The event time that all its inputs have reached; RFC 3339; empty before the first event.</summary>
    public string Watermark { get; init; } = "";

    /// <summary>How far each input was read: <c>topic: offset</c>.</summary>
    public ImmutableSortedDictionary<string, long> Frontier { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Records not yet read, over all inputs.</summary>
    public long Lag { get; init; }

    /// <summary>Outputs persisted and not yet published.</summary>
    public int Backlog { get; init; }

    /// <summary>Outputs for which a dead letter stands: too large, or refused by the broker for good.</summary>
    public long Undeliverable { get; init; }

    /// <summary>The last durable batch.</summary>
    public long Batch { get; init; }

    /// <summary>When it was said; RFC 3339.</summary>
    public required string At { get; init; }

    internal byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, HeartbeatJson.Default.LaneHeartbeat);

    internal static LaneHeartbeat? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, HeartbeatJson.Default.LaneHeartbeat);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LaneHeartbeat))]
internal sealed partial class HeartbeatJson : JsonSerializerContext;
