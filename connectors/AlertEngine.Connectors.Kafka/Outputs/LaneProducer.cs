using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>
/// One transactional producer of a lane, from its initialisation to its end; what it cannot settle for certain, a successor must. Blocking;
/// used by one thread at a time.
/// </summary>
internal sealed class LaneProducer : IDisposable
{
    private const string FirstRun = "1";
    private readonly KafkaOptions _options;
    private readonly int _lane;
    private readonly OutputEnds _ends;
    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly Action<DeliveryReport<byte[]?, byte[]?>> _onDelivered;
    private readonly Header _app;
    private readonly Header _laneNumber;
    private readonly Header _structured = new(OutputHeaders.ContentType, Encoding.ASCII.GetBytes(OutputHeaders.StructuredMode));
    private Error? _fatal;
    private Error? _undelivered;

    internal LaneProducer(KafkaClients clients, int lane, OutputEnds ends, int batchBytes)
    {
        _options = clients.Options;
        _lane = lane;
        _ends = ends;
        _app = new(OutputHeaders.App, Encoding.UTF8.GetBytes(_options.TransactionalIdPrefix));
        _laneNumber = new(OutputHeaders.Lane, OutputHeaders.Text(lane));
        _producer = clients.TransactionalProducer(_options.TransactionalId(lane), error => _fatal = error, batchBytes);
        _onDelivered = Delivered;
    }

    /// <summary>Aborts what a predecessor left open and fences it.</summary>
    internal void InitTransactions(CancellationToken cancellation) => Transactions.Init(_producer, _options, $"lane {_lane}", cancellation);

    /// <summary>Publishes outputs and position, all or none.</summary>
    internal PublishOutcome Publish(ImmutableArray<NumberedOutput> outputs, PublishPosition position)
    {
        try
        {
            _undelivered = null;
            _producer.BeginTransaction();
            foreach (var output in outputs)
                Produce(output, position.RunId);
            ProducePosition(position);
            _producer.Flush(_options.TransactionTimeout.ToTimeSpan() * 2 / 3);
            if (_undelivered is { } refused)
                return Abort(refused);
            return Commit();
        }
        catch (KafkaTxnRequiresAbortException failure)
        {
            return Abort(_undelivered ?? failure.Error);
        }
        catch (KafkaException failure)
        {
            return Verdict(failure.Error) ?? Abort(failure.Error);
        }
    }

    public void Dispose() => _producer.Dispose();

    /// <summary>
    /// The records are acknowledged, so what remains is one request. The client repeats it silently: one that was slow is not trusted, even
    /// where it succeeded.
    /// </summary>
    private PublishOutcome Commit()
    {
        var limit = _options.SlowCommit.ToTimeSpan();
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var left = limit - Stopwatch.GetElapsedTime(began);
                _producer.CommitTransaction(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
                return Stopwatch.GetElapsedTime(began) > limit
                    ? Ended(PublishStatus.Unknown, $"the commit took {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s")
                    : new(PublishStatus.Committed, _ends.ToImmutable(), "");
            }
            catch (KafkaRetriableException failure) when (Stopwatch.GetElapsedTime(began) > limit || failure.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport)
            {
                return Ended(PublishStatus.Unknown, $"the commit did not end: {failure.Error.Reason}");
            }
            catch (KafkaRetriableException)
            {
                // The same call again is what the client asks for.
            }
            catch (KafkaTxnRequiresAbortException)
            {
                throw;
            }
            catch (KafkaException failure)
            {
                return Verdict(failure.Error) ?? Ended(PublishStatus.Unknown, $"the commit failed: {failure.Error.Reason}");
            }
        }
    }

    private PublishOutcome Abort(Error because)
    {
        if (Verdict(because) is { } verdict)
            return verdict;
        try
        {
            _producer.AbortTransaction(_options.SlowCommit.ToTimeSpan());
            return Ended(PublishStatus.Aborted, because.Reason);
        }
        catch (KafkaException failure)
        {
            // A producer id that expired refuses even this; a successor settles it.
            return Verdict(failure.Error) ?? Ended(PublishStatus.Unknown, $"{because.Reason}; and the abort failed: {failure.Error.Reason}");
        }
    }

    /// <summary>What an error alone already decides: fenced, or beyond repair. Null: the transaction can be aborted.</summary>
    private PublishOutcome? Verdict(Error error)
    {
        if (IsFenced(error) || _fatal is { } told && IsFenced(told))
            return Ended(PublishStatus.Fenced, $"another owner has lane {_lane}: {error.Reason}");
        return error.IsFatal || _fatal is not null ? Ended(PublishStatus.Unknown, $"the producer of lane {_lane} failed: {error.Reason}") : null;
    }

    private static bool IsFenced(Error error) => error.Code is ErrorCode.Local_Fenced or ErrorCode.ProducerFenced or ErrorCode.InvalidProducerEpoch;

    private static PublishOutcome Ended(PublishStatus status, string detail) => new(status, [], detail);

    private void Produce(in NumberedOutput output, string runId) =>
        ProduceWithin(output.Output.Topic, Partition.Any, new()
        {
            Key = Encoding.UTF8.GetBytes(output.Output.Key),
            Value = ArrayOf(output.Output.Value),
            Headers = HeadersOf(output, runId),
        });

    private Headers HeadersOf(in NumberedOutput output, string runId)
    {
        Headers headers =
        [
            _app,
            _laneNumber,
            new Header(OutputHeaders.EmitSeq, OutputHeaders.Text(output.EmitSeq)),
            new Header(OutputHeaders.TopicSeq, OutputHeaders.Text(output.TopicSeq)),
            _structured,
        ];
        if (runId != FirstRun)
            headers.Add(OutputHeaders.Run, Encoding.ASCII.GetBytes(runId));
        if (output.Output.Transit is not { } transit)
            return headers;
        headers.Add(LaneHeaders.Watermark, OutputHeaders.Text(transit.WatermarkTicks));
        if (transit.Redrive > 0)
            headers.Add(LaneHeaders.Redrive, OutputHeaders.Text(transit.Redrive));
        return headers;
    }

    private void ProducePosition(PublishPosition position) =>
        ProduceWithin(TopicNames.Positions, new Partition(_lane), new()
        {
            Key = PositionReader.KeyOf(_options, _lane),
            Value = PositionCodec.Encode(position),
        });

    /// <summary>The client's queue is bounded; when it is full, what is in it goes out first.</summary>
    private void ProduceWithin(string topic, Partition partition, Message<byte[]?, byte[]?> message)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                _producer.Produce(new TopicPartition(topic, partition), message, _onDelivered);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> full) when (full.Error.Code == ErrorCode.Local_QueueFull && attempt < 3)
            {
                _producer.Flush(_options.TransactionTimeout.ToTimeSpan() / 3);
            }
        }
    }

    private void Delivered(DeliveryReport<byte[]?, byte[]?> report)
    {
        if (!report.Error.IsError)
            _ends.Written(report.Topic, report.Partition.Value, report.Offset.Value);
        else
            _undelivered ??= new Error(report.Error.Code, $"a message to {report.Topic} was refused: {report.Error.Reason}", report.Error.IsFatal);
    }

    private static byte[] ArrayOf(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : value.ToArray();
}
