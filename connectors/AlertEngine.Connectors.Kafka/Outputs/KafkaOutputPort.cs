using System.Collections.Immutable;
using System.Diagnostics;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>
/// The outputs of one lane on Kafka. The transactional id <c>{prefix}.lane-{n}</c> makes taking over a lane fence its former owner; the position
/// record travels in the same transaction as the outputs it counts. After an unknown outcome the producer is thrown away: the client speaks
/// transactions without KIP-890, so a late copy of a request could end the next transaction.
/// </summary>
public sealed class KafkaOutputPort : IOutputPort
{
    private const int PublicationsBetweenLooks = 4_096;

    /// <summary>The client's own default.</summary>
    private const int DefaultBatchBytes = 1_000_000;

    private readonly KafkaClients _clients;
    private readonly TopicCatalog _catalog;
    private readonly int _lane;
    private readonly ImmutableArray<string> _topics;
    private readonly OutputEnds _ends = new();
    private LaneProducer? _producer;
    private Task _working = Task.CompletedTask;
    private int _publications;

    /// <summary>The outputs of a lane; nothing connects before <see cref="InitialiseAsync"/>.</summary>
    /// <param name="clients">The cluster.</param>
    /// <param name="lane">The lane's number.</param>
    /// <param name="outputTopics">Every topic that the lane can write to: the tail check looks there.</param>
    public KafkaOutputPort(KafkaClients clients, int lane, ImmutableArray<string> outputTopics)
    {
        _clients = clients;
        _catalog = new(clients);
        _lane = lane;
        _topics = outputTopics;
    }

    /// <inheritdoc/>
    public ValueTask InitialiseAsync(CancellationToken cancellation) => new(Working(BeginAsync(cancellation)));

    /// <inheritdoc/>
    public ValueTask<PublishPosition?> ReadPositionAsync(CancellationToken cancellation) =>
        new(Working(new PositionReader(_clients, _catalog).ReadAsync(_lane, cancellation)));

    /// <inheritdoc/>
    public ValueTask<OutputTail> ReadTailAsync(PublishPosition? position, CancellationToken cancellation) => new(Working(ReadAsync(position, cancellation)));

    /// <inheritdoc/>
    public ValueTask<PublishOutcome> PublishAsync(ImmutableArray<NumberedOutput> outputs, PublishPosition position, CancellationToken cancellation) =>
        new(Working(SendAsync(outputs, position, cancellation)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A lane that ends in the middle of a call disposes its ports meanwhile: the client must not be taken from under it.
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_producer is { } producer)
            await Task.Run(producer.Dispose).ConfigureAwait(false);
        _producer = null;
    }

    /// <summary>The call that is under way; there is one at a time.</summary>
    private T Working<T>(T call)
        where T : Task
    {
        _working = call;
        return call;
    }

    private async Task BeginAsync(CancellationToken cancellation)
    {
        var predecessor = _producer;
        _producer = null;
        int batchBytes = await BatchBytesAsync().ConfigureAwait(false);
        await Task.Run(() =>
        {
            predecessor?.Dispose();
            var producer = new LaneProducer(_clients, _lane, _ends, batchBytes);
            try
            {
                producer.InitTransactions(cancellation);
            }
            catch
            {
                producer.Dispose();
                throw;
            }

            _producer = producer;
        }, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<OutputTail> ReadAsync(PublishPosition? position, CancellationToken cancellation)
    {
        var tail = await new OutputTailReader(_clients, _catalog, _topics).ReadAsync(_lane, position, cancellation).ConfigureAwait(false);
        _ends.Set(tail.Ends);
        return tail;
    }

    private async Task<PublishOutcome> SendAsync(ImmutableArray<NumberedOutput> outputs, PublishPosition position, CancellationToken cancellation)
    {
        if (_producer is not { } producer)
            return new(PublishStatus.Unknown, [], $"the producer of lane {_lane} is not initialised");
        // Not cancelled: a transaction that was begun is brought to an end, whatever it is.
        long began = Stopwatch.GetTimestamp();
        var outcome = await Task.Run(() => producer.Publish(outputs, position), CancellationToken.None).ConfigureAwait(false);
        Count(outcome, outputs.Length, Stopwatch.GetElapsedTime(began));
        if (outcome.Status is PublishStatus.Aborted or PublishStatus.Unknown)
            return outcome with { Refused = await RefusedAsync(outputs, cancellation).ConfigureAwait(false) };
        if (outcome.Status == PublishStatus.Committed && ++_publications % PublicationsBetweenLooks == 0)
            return outcome with { Ends = await LookAsync().ConfigureAwait(false) };
        return outcome;
    }

    /// <summary>Who is to blame matters to a lane that goes on, not to one that ends.</summary>
    private async Task<ImmutableArray<RefusedOutput>> RefusedAsync(ImmutableArray<NumberedOutput> outputs, CancellationToken cancellation)
    {
        try
        {
            return await new RefusalCheck(_clients, _catalog).AskAsync(outputs).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private void Count(PublishOutcome outcome, int outputs, TimeSpan took)
    {
        KeyValuePair<string, object?> lane = new("lane", _lane);
        PublishMetrics.TransactionSeconds.Record(took.TotalSeconds, lane);
        PublishMetrics.Transactions.Add(1, lane, new("outcome", outcome.Status.ToString().ToLowerInvariant()));
        if (outcome.Status == PublishStatus.Committed)
            PublishMetrics.Outputs.Add(outputs, lane);
    }

    /// <summary>Batches that the smallest of the topics takes: it would refuse a larger one although each record in it is small.</summary>
    private async Task<int> BatchBytesAsync()
    {
        var known = await _catalog.DescribeAsync(_topics).ConfigureAwait(false);
        var settings = await _catalog.SettingsAsync(known.Select(topic => topic.Name)).ConfigureAwait(false);
        return settings.Values.Select(setting => setting.MaxMessageBytes).Append(DefaultBatchBytes).Min();
    }

    /// <summary>Ends grow old where only other lanes write, and a tail check would have to read all of that: now and then they are asked anew.</summary>
    private async Task<ImmutableArray<OutputEnd>> LookAsync()
    {
        try
        {
            _ends.Set(await _catalog.EndsAsync(await _catalog.DescribeAsync(_topics).ConfigureAwait(false)).ConfigureAwait(false));
        }
        catch (KafkaConnectorException)
        {
            // The older ends are as true as before, only further away.
        }

        return _ends.ToImmutable();
    }
}
