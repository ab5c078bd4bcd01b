using System.Text;
using System.Text.Json;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Publishing;

/// <summary>
/// Sends events as the contract wants them: structured mode, keyed by district, with Java's partitioner. An event whose district is not known here is
/// keyed by its device; the engine finds the district and re-keys it. Not thread-safe.
/// </summary>
public sealed class EventPublisher : IDisposable
{
    private static readonly byte[] Structured = Encoding.ASCII.GetBytes("application/cloudevents+json; charset=utf-8");
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly string _topic;
    private readonly Func<ReadOnlyMemory<byte>, string?>? _districtOf;
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _onDelivered;
    private long _delivered;
    private Error? _refused;

    /// <summary>A publisher to one topic.</summary>
    /// <param name="clients">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="districtOf">The district of an event by the city's tables, null where they give none; without it the event has to name it.</param>
    public EventPublisher(KafkaClients clients, string topic, Func<ReadOnlyMemory<byte>, string?>? districtOf = null)
    {
        _districtOf = districtOf;
        _producer = clients.Producer("publish");
        _topic = topic;
        _onDelivered = Delivered;
    }

    /// <summary>Events handed to the client.</summary>
    public long Sent { get; private set; }

    /// <summary>Events that the broker has.</summary>
    public long Acknowledged => Interlocked.Read(ref _delivered);

    /// <summary>Events keyed by their device, because their district is not known here.</summary>
    public long WithoutDistrict { get; private set; }

    /// <summary>Hands one event to the client; waits where its queue is full.</summary>
    /// <exception cref="KafkaConnectorException">The broker refuses an event.</exception>
    public void Publish(ReadOnlyMemory<byte> value)
    {
        ThrowIfRefused();
        bool isDistrict = true;
        byte[]? key = _districtOf?.Invoke(value) is { Length: > 0 } district ? Encoding.UTF8.GetBytes(district) : KeyOf(value.Span, out isDistrict);
        if (!isDistrict)
            WithoutDistrict++;
        var message = new Message<byte[]?, byte[]?> { Key = key, Value = value.ToArray(), Headers = [new Header("content-type", Structured)] };
        while (true)
        {
            try
            {
                _producer.Produce(_topic, message, _onDelivered);
                Sent++;
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> failure) when (failure.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Flush(TimeSpan.FromMilliseconds(100));
                ThrowIfRefused();
            }
            catch (ProduceException<byte[]?, byte[]?> failure)
            {
                throw new KafkaConnectorException(
                    new LocalText($"第 {Sent + 1} 个事件无法发送到 {_topic}：{failure.Error.Reason}", $"event {Sent + 1} cannot be sent to {_topic}: {failure.Error.Reason}"), failure);
            }
        }
    }

    /// <summary>Waits until the broker has everything.</summary>
    /// <exception cref="KafkaConnectorException">The broker refuses an event.</exception>
    public void Flush(CancellationToken cancellation)
    {
        while (_producer.Flush(Drain) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfRefused();
        }

        ThrowIfRefused();
    }

    /// <inheritdoc/>
    public void Dispose() => _producer.Dispose();

    /// <summary>The first of <c>district</c> and <c>subject</c> that the event has. A value that is no JSON object has neither; the engine says what is wrong with it.</summary>
    internal static byte[]? KeyOf(ReadOnlySpan<byte> value, out bool isDistrict)
    {
        byte[]? district = null, subject = null;
        var reader = new Utf8JsonReader(value);
        try
        {
            for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
            {
                bool isForDistrict = reader.ValueTextEquals("district"u8), isForSubject = reader.ValueTextEquals("subject"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.String && (isForDistrict || isForSubject))
                    _ = isForDistrict ? district = Encoding.UTF8.GetBytes(reader.GetString()!) : subject = Encoding.UTF8.GetBytes(reader.GetString()!);
                reader.Skip();
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Sent as it is: it becomes a dead letter with its reason.
        }

        isDistrict = district is { Length: > 0 };
        return isDistrict ? district : subject;
    }

    private void Delivered(DeliveryReport<byte[]?, byte[]?> report)
    {
        if (report.Error.IsError)
            _refused ??= report.Error;
        else
            Interlocked.Increment(ref _delivered);
    }

    private void ThrowIfRefused()
    {
        if (_refused is { } error)
            throw new KafkaConnectorException(new LocalText($"{_topic} 拒绝事件：{error.Reason}", $"{_topic} refuses events: {error.Reason}"));
    }
}
