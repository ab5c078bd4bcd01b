using System.Collections.Immutable;
using System.Text;
using AlertEngine.Connectors.Kafka.Inputs;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Rekey;

/// <summary>
/// One consumer and one transactional producer, from their beginning to the first fault. Whatever goes wrong ends the session: the offsets are in
/// the transactions, so the next one begins exactly behind what is visible. Blocking; used by one thread.
/// </summary>
internal sealed class RekeySession : IDisposable
{
    private const int BatchRecords = 2_000;
    private static readonly TimeSpan FirstRecordWait = TimeSpan.FromMilliseconds(200);
    private readonly InputRecords _records = new();
    private readonly KafkaOptions _options;
    private readonly IRecordDecoder _decoder;
    private readonly byte[] _app;
    private readonly ImmutableDictionary<TopicPartition, int> _inputs;
    private readonly IConsumer<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _consumer;
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly Dictionary<TopicPartition, long> _read = [];
    private Error? _undelivered;

    internal RekeySession(KafkaClients clients, ImmutableArray<InputDescription> inputs, IRecordDecoder decoder, CancellationToken cancellation)
    {
        _options = clients.Options;
        _decoder = decoder;
        _app = Encoding.UTF8.GetBytes(_options.TransactionalIdPrefix);
        _inputs = inputs.Select((input, i) => (Partition: new TopicPartition(input.Topic, input.Partition), i)).ToImmutableDictionary(pair => pair.Partition, pair => pair.i);
        _producer = clients.TransactionalProducer($"{_options.TransactionalIdPrefix}.rekeyer-{_options.InstanceId}", _ => { });
        try
        {
            Transactions.Init(_producer, _options, "the re-keyer", cancellation);
        }
        catch
        {
            _producer.Dispose();
            throw;
        }

        var memory = new RecordMemory();
        _consumer = clients.Consumer<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>("rekeyer", AutoOffsetReset.Earliest, config =>
        {
            config.GroupId = $"{_options.GroupId}.rekeyer";
            config.EnablePartitionEof = false;
        }).SetKeyDeserializer(memory).SetValueDeserializer(memory).Build();
        _consumer.Subscribe(inputs.Select(input => input.Topic).Distinct());
    }

    /// <summary>Takes what is there, up to a limit, and passes it on in one transaction together with its offsets.</summary>
    internal void Turn(TimeBounds bounds)
    {
        var first = _consumer.Consume(FirstRecordWait);
        if (first is null)
            return;
        _read.Clear();
        _undelivered = null;
        _producer.BeginTransaction();
        int taken = 0;
        for (var next = first; next is not null; next = ++taken < BatchRecords ? _consumer.Consume(TimeSpan.Zero) : null)
            Pass(next, bounds);
        _producer.Flush(_options.TransactionTimeout.ToTimeSpan() / 2);
        if (_undelivered is { } refused)
            throw new KafkaException(refused);
        _producer.SendOffsetsToTransaction(_read.Select(read => new TopicPartitionOffset(read.Key, read.Value)), _consumer.ConsumerGroupMetadata, _options.SlowCommit.ToTimeSpan());
        _producer.CommitTransaction(_options.SlowCommit.ToTimeSpan());
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
        _producer.Dispose();
    }

    private void Pass(ConsumeResult<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> consumed, TimeBounds bounds)
    {
        _read[consumed.TopicPartition] = consumed.Offset.Value + 1;
        var record = _records.Of(consumed, _inputs[consumed.TopicPartition]);
        if (_decoder.Decode(record, bounds) is { } rejection)
        {
            var letter = _decoder.DeadLetter(record, rejection);
            Produce(letter.Topic, Encoding.UTF8.GetBytes(letter.Key), letter.Value, new Headers { { OutputHeaders.ContentType, Encoding.ASCII.GetBytes(OutputHeaders.StructuredMode) } });
            return;
        }

        Produce(TopicNames.Rekeyed, Encoding.UTF8.GetBytes(_decoder.Event.District), record.Value, HeadersOf(consumed.Message.Headers));
    }

    /// <summary>What the sender said, but for what only a lane may say: whose record it is, from which lane, and how far that lane has come.</summary>
    private Headers HeadersOf(Headers? sent)
    {
        Headers headers = [new Header(OutputHeaders.App, _app)];
        foreach (var header in sent ?? [])
            if (header.Key is not (LaneHeaders.App or LaneHeaders.Lane or LaneHeaders.Watermark))
                headers.Add(header.Key, header.GetValueBytes());
        return headers;
    }

    private void Produce(string topic, byte[] key, ReadOnlyMemory<byte> value, Headers? headers) =>
        _producer.Produce(topic, new Message<byte[]?, byte[]?> { Key = key, Value = value.ToArray(), Headers = headers ?? [] }, report =>
        {
            if (report.Error.IsError)
                _undelivered ??= report.Error;
        });
}
