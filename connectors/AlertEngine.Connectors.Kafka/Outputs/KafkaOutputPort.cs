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
    private Task<PublishOutcome> _publishing = Task.FromResult(new PublishOutcome(PublishStatus.Aborted, [], ""));
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
    public async ValueTask InitialiseAsync(CancellationToken cancellation)
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
        }, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<PublishPosition?> ReadPositionAsync(CancellationToken cancellation) =>
        await new PositionReader(_clients, _catalog).ReadAsync(_lane, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<OutputTail> ReadTailAsync(PublishPosition? position, CancellationToken cancellation)
    {
        var tail = await new OutputTailReader(_clients, _catalog, _topics).ReadAsync(_lane, position, cancellation).ConfigureAwait(false);
        _ends.Set(tail.Ends);
        return tail;
    }

    /// <inheritdoc/>
    public async ValueTask<PublishOutcome> PublishAsync(ImmutableArray<NumberedOutput> outputs, PublishPosition position, CancellationToken cancellation)
    {
        if (_producer is not { } producer)
            return new(PublishStatus.Unknown, [], $"the producer of lane {_lane} is not initialised");
        // Not cancelled: a transaction that was begun is brought to an end, whatever it is.
        long began = Stopwatch.GetTimestamp();
        _publishing = Task.Run(() => producer.Publish(outputs, position), CancellationToken.None);
        var outcome = await _publishing.ConfigureAwait(false);
        Count(outcome, outputs.Length, Stopwatch.GetElapsedTime(began));
        if (outcome.Status is PublishStatus.Aborted or PublishStatus.Unknown)
            return outcome with { Refused = await new RefusalCheck(_clients, _catalog).AskAsync(outputs).ConfigureAwait(false) };
        if (outcome.Status == PublishStatus.Committed && ++_publications % PublicationsBetweenLooks == 0)
            return outcome with { Ends = await LookAsync().ConfigureAwait(false) };
        return outcome;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var producer = _producer;
        _producer = null;
        // A lane that ends in the middle of a publication disposes its ports meanwhile: the client must not be taken from under it.
        await _publishing.ConfigureAwait(false);
        if (producer is not null)
            await Task.Run(producer.Dispose).ConfigureAwait(false);
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
