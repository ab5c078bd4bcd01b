using System.Collections.Immutable;
using System.Diagnostics;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Inputs;

/// <summary>
/// One lane's consumer: assigned by hand, since a group's assignor does not keep the partitions of several topics together. Each input is paused
/// or resumed only when that changes, because the client throws its read-ahead away each time. Used by one thread at a time.
/// </summary>
internal sealed class InputConsumer : IDisposable
{
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(100);
    private readonly KafkaOptions _options;
    private readonly ImmutableArray<InputDescription> _inputs;
    private readonly IConsumer<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> _consumer;
    private readonly Dictionary<string, int> _inputOfTopic;
    private readonly InputRecords _records = new();
    private readonly List<InputRecord> _fetched = [];
    private readonly bool[] _isPaused;
    private readonly bool[] _isAtEnd;
    private readonly long[] _endOffsets;

    internal InputConsumer(KafkaClients clients, int lane, ImmutableArray<InputDescription> inputs)
    {
        _options = clients.Options;
        _inputs = inputs;
        _inputOfTopic = inputs.Select((input, i) => (input.Topic, i)).ToDictionary(pair => pair.Topic, pair => pair.i, StringComparer.Ordinal);
        _isPaused = new bool[inputs.Length];
        _isAtEnd = new bool[inputs.Length];
        _endOffsets = new long[inputs.Length];
        var memory = new RecordMemory();
        _consumer = clients.Consumer<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>($"lane-{lane}", AutoOffsetReset.Error, Adjust)
            .SetKeyDeserializer(memory).SetValueDeserializer(memory).Build();
    }

    /// <summary>Places every input. What was fetched ahead is forgotten.</summary>
    internal void Seek(ImmutableArray<long> offsets)
    {
        for (int i = 0; i < _inputs.Length; i++)
            if (offsets[i] != IInputPort.Earliest)
                EnsureThere(_inputs[i], offsets[i]);
        _consumer.Assign(_inputs.Select((input, i) =>
            new TopicPartitionOffset(Partition(i), offsets[i] == IInputPort.Earliest ? Offset.Beginning : new Offset(offsets[i]))));
        Array.Clear(_isPaused);
        Array.Clear(_isAtEnd);
    }

    internal InputFetch Fetch(int maxRecords, ImmutableArray<int> wanted, CancellationToken cancellation)
    {
        Want(wanted);
        // Grown once and kept: only what goes out is allocated anew, at its size.
        _fetched.Clear();
        long began = Stopwatch.GetTimestamp();
        var wait = WaitFor(wanted);
        while (_fetched.Count < maxRecords && !cancellation.IsCancellationRequested)
        {
            var left = _fetched.Count == 0 ? wait - Stopwatch.GetElapsedTime(began) : TimeSpan.Zero;
            var consumed = Consume(left < TimeSpan.Zero ? TimeSpan.Zero : left);
            if (consumed is null)
                break;
            if (!consumed.IsPartitionEOF)
                _fetched.Add(Record(consumed));
            else if (ReachedEnd(consumed, wanted) && _fetched.Count == 0)
                break;
        }

        ImmutableArray<int> atEnd = [.. wanted.Where(input => _isAtEnd[input])];
        return new([.. _fetched], atEnd) { Ends = [.. atEnd.Select(input => _endOffsets[input])] };
    }

    /// <summary>While some inputs are not wanted, they may be at any moment: a fetch of the others must not stand in their way for long.</summary>
    private TimeSpan WaitFor(ImmutableArray<int> wanted)
    {
        var wait = _options.FetchWait.ToTimeSpan();
        return wanted.Length == _inputs.Length || wait < ShortWait ? wait : ShortWait;
    }

    /// <summary>Where each input ended when the broker last answered; 0 where it has not yet.</summary>
    internal ImmutableArray<long> Ends() => [.. Enumerable.Range(0, _inputs.Length).Select(input => Math.Max(0, _consumer.GetWatermarkOffsets(Partition(input)).High.Value))];

    /// <summary>Shows lag tools how far the lane has come; the client sends it now and then. Nothing resumes from it.</summary>
    internal void ShowProgress(ImmutableArray<long> offsets)
    {
        for (int i = 0; i < _inputs.Length; i++)
            if (offsets[i] >= 0)
                _consumer.StoreOffset(new TopicPartitionOffset(Partition(i), offsets[i]));
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private void Adjust(ConsumerConfig config)
    {
        config.ConsumeResultFields = "headers,topic";
        config.EnableAutoCommit = true;
        config.AutoCommitIntervalMs = 5_000;
        config.AllowAutoCreateTopics = false;
    }

    private void EnsureThere(InputDescription input, long offset)
    {
        var ends = _consumer.QueryWatermarkOffsets(new TopicPartition(input.Topic, input.Partition), _options.RequestTimeout.ToTimeSpan());
        if (offset < ends.Low.Value || offset > ends.High.Value)
            throw new KafkaConnectorException(
                $"{input.Topic} partition {input.Partition} holds offsets {ends.Low.Value} to {ends.High.Value}, not {offset}, which the lane must go on from");
    }

    private void Want(ImmutableArray<int> wanted)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            bool pause = !wanted.Contains(i);
            if (pause == _isPaused[i])
                continue;
            _isPaused[i] = pause;
            if (pause)
                _consumer.Pause([Partition(i)]);
            else
                _consumer.Resume([Partition(i)]);
        }
    }

    private ConsumeResult<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Consume(TimeSpan wait)
    {
        try
        {
            return _consumer.Consume(wait);
        }
        catch (ConsumeException failure) when (!IsPassing(failure.Error))
        {
            throw new KafkaConnectorException($"an input cannot be read: {failure.Error.Reason}", failure);
        }
        catch (ConsumeException)
        {
            // The client goes on trying by itself; this fetch simply brings nothing more.
            return null;
        }
    }

    private static bool IsPassing(Error error) =>
        !error.IsFatal && error.Code is ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut or ErrorCode.Local_Resolve
            or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.RequestTimedOut or ErrorCode.ReplicaNotAvailable;

    private InputRecord Record(ConsumeResult<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> consumed)
    {
        int input = _inputOfTopic[consumed.Topic];
        _isAtEnd[input] = false;
        return _records.Of(consumed, input);
    }

    /// <summary>
    /// Remembers that an input is at its end, which is the last stable offset, behind the control record of the last transaction; and says whether all
    /// wanted ones are: nothing is to be waited for then.
    /// </summary>
    private bool ReachedEnd(ConsumeResult<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> end, ImmutableArray<int> wanted)
    {
        int input = _inputOfTopic[end.Topic];
        bool isNew = !_isAtEnd[input];
        _isAtEnd[input] = true;
        _endOffsets[input] = end.Offset.Value;
        return isNew && wanted.All(input => _isAtEnd[input]);
    }

    private TopicPartition Partition(int input) => new(_inputs[input].Topic, _inputs[input].Partition);
}
