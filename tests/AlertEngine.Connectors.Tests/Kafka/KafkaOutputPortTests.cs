using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: what the lane protocol relies on, on a real broker. Method: ports of one lane, or two, against each other.</summary>
public sealed class KafkaOutputPortTests(KafkaBroker broker) : KafkaTests(broker)
{
    [Fact]
    public async Task A_publication_is_visible_with_its_position_and_headers()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.visible");
        await using var port = await OutputsAsync(clients, 0, topic);
        Assert.Null(await port.ReadPositionAsync(Cancellation));

        var outcome = await port.PublishAsync(Numbered(topic, 1, 500), Position(500), Cancellation);

        Assert.Equal(PublishStatus.Committed, outcome.Status);
        Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), await VisibleAsync(clients, topic));
        var position = await port.ReadPositionAsync(Cancellation);
        Assert.Equal((500L, 5000L, "1"), (position!.EmitSeq, position.Frontier[0], position.RunId));
        Assert.Equal(500, outcome.Ends.Where(end => end.Topic == topic).Sum(end => end.Offset));
    }

    [Fact]
    public async Task The_tail_behind_a_position_is_empty_and_the_tail_behind_an_older_one_is_what_came_after()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.tail");
        await using var port = await OutputsAsync(clients, 0, topic);
        var first = await port.PublishAsync(Numbered(topic, 1, 10), Position(10), Cancellation);
        await port.PublishAsync(Numbered(topic, 11, 10), Position(20, first.Ends), Cancellation);

        var position = await port.ReadPositionAsync(Cancellation);
        Assert.Empty((await port.ReadTailAsync(position, Cancellation)).Visible);
        Assert.Equal(Enumerable.Range(11, 10).Select(n => (long)n), (await port.ReadTailAsync(Position(10, first.Ends), Cancellation)).Visible);
    }

    [Fact]
    public async Task Initialising_again_fences_the_former_owner()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.fenced");
        await using var former = await OutputsAsync(clients, 1, topic);
        await former.PublishAsync(Numbered(topic, 1, 1), Position(1), Cancellation);
        await using var next = await OutputsAsync(clients, 1, topic);

        var outcome = await former.PublishAsync(Numbered(topic, 2, 1), Position(2), Cancellation);

        Assert.Equal(PublishStatus.Fenced, outcome.Status);
        Assert.StartsWith("another owner has lane 1: ", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(1, (await next.ReadPositionAsync(Cancellation))!.EmitSeq);
        Assert.Equal(PublishStatus.Committed, (await next.PublishAsync(Numbered(topic, 2, 1), Position(2), Cancellation)).Status);
    }

    [Fact]
    public async Task Taking_over_aborts_the_open_transaction_of_the_predecessor()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.open");
        using (var predecessor = Open(clients, lane: 0, topic))
        {
            await using var port = await OutputsAsync(clients, 0, topic);
            Assert.Null(await port.ReadPositionAsync(Cancellation));
            Assert.Empty((await port.ReadTailAsync(null, Cancellation)).Visible);
            await port.PublishAsync(Numbered(topic, 1, 3), Position(3), Cancellation);
        }

        Assert.Equal([1L, 2, 3], await VisibleAsync(clients, topic));
    }

    [Fact]
    public async Task The_tail_check_waits_behind_another_lanes_open_transaction()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.hidden", partitions: 1);
        using var other = Open(clients, lane: 1, topic);
        await using var port = await OutputsAsync(clients, 0, topic);
        await port.PublishAsync(Numbered(topic, 1, 3), Position(3), Cancellation);

        var tail = port.ReadTailAsync(null, Cancellation).AsTask();
        Assert.False(tail.IsCompleted);
        other.AbortTransaction(TimeSpan.FromSeconds(10));

        Assert.Equal([1L, 2, 3], (await tail).Visible);
    }

    [Fact]
    public async Task The_position_is_found_behind_many_positions_of_another_engine()
    {
        using var clients = Clients();
        using var others = Clients(options => options with { TransactionalIdPrefix = "others" });
        string topic = await CreateTopicAsync(clients, "out.far");
        await using var port = await OutputsAsync(clients, 2, topic);
        await port.PublishAsync(Numbered(topic, 1, 1), Position(1), Cancellation);
        await using var neighbour = await OutputsAsync(others, 2, topic);
        for (int i = 1; i <= 150; i++)
            await neighbour.PublishAsync([], Position(i), Cancellation);

        Assert.Equal(1, (await port.ReadPositionAsync(Cancellation))!.EmitSeq);
        Assert.Equal(150, (await neighbour.ReadPositionAsync(Cancellation))!.EmitSeq);
    }

    [Fact]
    public async Task A_commit_that_takes_too_long_is_unknown_and_the_position_tells()
    {
        using var clients = Clients(options => options with { SlowCommit = NodaTime.Duration.FromTicks(1) });
        string topic = await CreateTopicAsync(clients, "out.slow");
        await using var port = await OutputsAsync(clients, 0, topic);

        var outcome = await port.PublishAsync(Numbered(topic, 1, 5), Position(5), Cancellation);
        Assert.Equal(PublishStatus.Unknown, outcome.Status);

        await port.InitialiseAsync(Cancellation);
        var position = await port.ReadPositionAsync(Cancellation);
        var visible = await VisibleAsync(clients, topic);
        Assert.Equal(position is null ? [] : [1L, 2, 3, 4, 5], visible);
    }

    [Fact]
    public async Task An_output_to_a_topic_that_is_not_there_aborts_all_of_the_publication()
    {
        using var clients = Clients(options => options with { TransactionTimeout = NodaTime.Duration.FromSeconds(4) });
        string topic = await CreateTopicAsync(clients, "out.partly");
        await using var port = await OutputsAsync(clients, 0, topic);

        // On a busy machine a call may be slower than what makes an outcome unknown; then, as the protocol says, a new producer and once more.
        PublishOutcome outcome;
        int attempts = 0;
        do
        {
            if (attempts > 0)
                await port.InitialiseAsync(Cancellation);
            outcome = await port.PublishAsync([.. Numbered(topic, 1, 2), .. Numbered("out.absent", 3, 1)], Position(3), Cancellation);
        }
        while (outcome.Status == PublishStatus.Unknown && ++attempts < 3);

        Assert.Equal(PublishStatus.Aborted, outcome.Status);
        Assert.StartsWith("a message to out.absent was refused: ", outcome.Detail, StringComparison.Ordinal);
        Assert.Empty(await VisibleAsync(clients, topic));
        Assert.Equal(PublishStatus.Committed, (await port.PublishAsync(Numbered(topic, 1, 2), Position(2), Cancellation)).Status);
        Assert.Equal([1L, 2], await VisibleAsync(clients, topic));
    }

    /// <summary>A producer of a lane in the middle of a transaction, its record on the broker.</summary>
    private static IProducer<byte[]?, byte[]?> Open(AlertEngine.Connectors.Kafka.KafkaClients clients, int lane, string topic)
    {
        var producer = clients.TransactionalProducer(clients.Options.TransactionalId(lane), _ => { });
        producer.InitTransactions(TimeSpan.FromSeconds(30));
        producer.BeginTransaction();
        producer.Produce(topic, new Message<byte[]?, byte[]?>
        {
            Value = "{}"u8.ToArray(),
            Headers = [new Header(OutputHeaders.Lane, OutputHeaders.Text(lane)), new Header(OutputHeaders.EmitSeq, OutputHeaders.Text(99))],
        });
        producer.Flush(TimeSpan.FromSeconds(10));
        return producer;
    }
}
