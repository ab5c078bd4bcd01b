using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
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
    public async Task The_tail_of_a_lane_holds_nothing_of_another_engines_lane_of_the_same_number()
    {
        using var clients = Clients();
        using var others = Clients(options => options with { TransactionalIdPrefix = "other-city" });
        string topic = await CreateTopicAsync(clients, "out.shared");
        await using var port = await OutputsAsync(clients, 0, topic);
        await using var neighbour = await OutputsAsync(others, 0, topic);
        await port.PublishAsync(Numbered(topic, 1, 3), Position(3), Cancellation);
        await neighbour.PublishAsync(Numbered(topic, 1, 7), Position(7), Cancellation);

        Assert.Equal([1L, 2, 3], (await port.ReadTailAsync(null, Cancellation)).Visible);
        Assert.Equal(Enumerable.Range(1, 7).Select(n => (long)n), (await neighbour.ReadTailAsync(null, Cancellation)).Visible);
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
        Assert.Equal([new RefusedOutput(3, "the topic out.absent does not exist", IsForGood: false)], outcome.Refused);
        Assert.Empty(await VisibleAsync(clients, topic));
        Assert.Equal(PublishStatus.Committed, (await port.PublishAsync(Numbered(topic, 1, 2), Position(2), Cancellation)).Status);
        Assert.Equal([1L, 2], await VisibleAsync(clients, topic));
    }

    [Fact]
    public async Task A_message_that_is_too_large_for_its_topic_is_named_and_never_sent_again()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.small", partitions: 1);
        await clients.Admin.IncrementalAlterConfigsAsync(new()
        {
            [new() { Type = ResourceType.Topic, Name = topic }] = [new() { Name = "max.message.bytes", Value = "5000", IncrementalOperation = AlterConfigOpType.Set }],
        });
        await clients.UntilSizeAsync(topic, 5_000);
        await using var port = await OutputsAsync(clients, 0, topic);
        // The batch as a whole is larger than the topic takes, which is no reason to refuse what is small.
        var small = Numbered(topic, 1, 300);
        Assert.Equal(PublishStatus.Committed, (await port.PublishAsync(small, Position(300), Cancellation)).Status);

        byte[] noise = new byte[20_000];
        new Random(7).NextBytes(noise);
        var large = new NumberedOutput(302, 302, new Output(OutputKind.WorkOrder, topic, "key", noise));
        var outcome = await port.PublishAsync([.. Numbered(topic, 301, 1), large, .. Numbered(topic, 303, 1)], Position(303), Cancellation);

        Assert.Equal(PublishStatus.Aborted, outcome.Status);
        Assert.Equal([new RefusedOutput(302, "a message of 20000 bytes for out.small, which takes 5000", IsForGood: true)], outcome.Refused);
        Assert.Equal(PublishStatus.Committed, (await port.PublishAsync([.. Numbered(topic, 301, 1), .. Numbered(topic, 303, 1)], Position(303), Cancellation)).Status);
        Assert.Equal(302, (await VisibleAsync(clients, topic)).Length);
    }

    [Fact]
    public async Task A_topic_that_may_not_be_written_to_is_named()
    {
        using var clients = Clients();
        string topic = await CreateTopicAsync(clients, "out.allowed"), denied = await CreateTopicAsync(clients, "out.denied");
        await clients.Admin.CreateAclsAsync([
            new AclBinding
            {
                Pattern = new() { Type = ResourceType.Topic, Name = denied, ResourcePatternType = ResourcePatternType.Literal },
                Entry = new() { Principal = "User:ANONYMOUS", Host = "*", Operation = AclOperation.Write, PermissionType = AclPermissionType.Deny },
            },
            new AclBinding
            {
                Pattern = new() { Type = ResourceType.Topic, Name = denied, ResourcePatternType = ResourcePatternType.Literal },
                Entry = new() { Principal = "User:ANONYMOUS", Host = "*", Operation = AclOperation.All, PermissionType = AclPermissionType.Allow },
            },
        ]);
        await using var port = await OutputsAsync(clients, 0, topic, denied);

        var outcome = await port.PublishAsync([.. Numbered(topic, 1, 2), .. Numbered(denied, 3, 1)], Position(3), Cancellation);

        // Whether there is a transaction that the client could abort depends on which refusal it hears of first.
        Assert.True(outcome.Status is PublishStatus.Unknown or PublishStatus.Aborted, outcome.Detail);
        Assert.Equal([new RefusedOutput(3, "writing to out.denied is not allowed", IsForGood: false)], outcome.Refused);
        await port.InitialiseAsync(Cancellation);
        Assert.Null(await port.ReadPositionAsync(Cancellation));
        Assert.Equal(PublishStatus.Committed, (await port.PublishAsync(Numbered(topic, 1, 2), Position(2), Cancellation)).Status);
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
