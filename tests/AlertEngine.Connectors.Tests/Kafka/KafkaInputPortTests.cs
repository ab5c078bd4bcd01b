using System.Collections.Immutable;
using System.Text;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Inputs;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: inputs are read from where the lane says and nowhere else. Method: records on a real broker, fetched to the end.</summary>
public sealed class KafkaInputPortTests(KafkaBroker broker) : KafkaTests(broker)
{
    private const int MaxRecords = 10_000;

    [Fact]
    public async Task Records_come_with_key_headers_and_offsets_and_the_end_is_told()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.all");
        Publish(clients, "in.all", 0, 3, new Header("content-type", "application/cloudevents+json"u8.ToArray()));
        await port.SeekAsync([IInputPort.Earliest], Cancellation);

        var records = await ToEndAsync(port, [0]);

        Assert.Equal([(0L, 1L), (1, 2), (2, 3)], records.Select(record => (record.Offset, record.NextOffset)));
        Assert.Equal(["value-0", "value-1", "value-2"], records.Select(record => Encoding.UTF8.GetString(record.Value.Span)));
        Assert.All(records, record => Assert.Equal("320106", Encoding.UTF8.GetString(record.Key.Span)));
        var header = Assert.Single(records[2].Headers);
        Assert.Equal(("content-type", "application/cloudevents+json"), (header.Name, Encoding.UTF8.GetString(header.Value.Span)));
    }

    [Fact]
    public async Task Seeking_goes_on_from_an_offset_and_seeking_again_goes_back()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.seek");
        Publish(clients, "in.seek", 0, 100);
        await port.SeekAsync([40], Cancellation);
        Assert.Equal(40, (await ToEndAsync(port, [0]))[0].Offset);
        await port.SeekAsync([10], Cancellation);
        Assert.Equal(90, (await ToEndAsync(port, [0])).Length);
        await port.SeekAsync([100], Cancellation);
        Assert.Empty(await ToEndAsync(port, [0]));
    }

    [Fact]
    public async Task Nothing_is_read_from_an_input_that_is_not_wanted_and_all_of_it_once_it_is()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.wanted", "in.unwanted");
        Publish(clients, "in.wanted", 0, 50);
        Publish(clients, "in.unwanted", 0, 50);
        await port.SeekAsync([IInputPort.Earliest, IInputPort.Earliest], Cancellation);

        var first = await ToEndAsync(port, [0]);
        var both = await ToEndAsync(port, [0, 1]);
        Publish(clients, "in.wanted", 50, 5);
        var last = await ToEndAsync(port, [0], until: 5);

        Assert.Equal(50, first.Count(record => record.Input == 0));
        Assert.Equal(50, first.Length);
        Assert.Equal(Enumerable.Range(0, 50).Select(n => (long)n), both.Where(record => record.Input == 1).Select(record => record.Offset));
        Assert.Equal(5, last.Length);
    }

    [Fact]
    public async Task An_offset_that_is_gone_is_a_failure_and_never_a_jump()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.gone");
        Publish(clients, "in.gone", 0, 10);
        await clients.Admin.DeleteRecordsAsync([new TopicPartitionOffset("in.gone", 0, 5)]);

        var gone = await Assert.ThrowsAsync<KafkaConnectorException>(async () => await port.SeekAsync([3], Cancellation));
        Assert.Equal("in.gone partition 0 holds offsets 5 to 10, not 3, which the lane must go on from", gone.Message);
        var ahead = await Assert.ThrowsAsync<KafkaConnectorException>(async () => await port.SeekAsync([11], Cancellation));
        Assert.Equal("in.gone partition 0 holds offsets 5 to 10, not 11, which the lane must go on from", ahead.Message);
        await port.SeekAsync([IInputPort.Earliest], Cancellation);
        Assert.Equal(5, (await ToEndAsync(port, [0]))[0].Offset);
    }

    [Fact]
    public async Task Records_of_an_aborted_transaction_are_not_read_and_the_end_is_still_told()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.aborted");
        using (var producer = clients.TransactionalProducer("in.aborted", _ => { }))
        {
            producer.InitTransactions(TimeSpan.FromSeconds(30));
            producer.BeginTransaction();
            producer.Produce(new TopicPartition("in.aborted", 0), new() { Value = "never"u8.ToArray() });
            producer.Flush(TimeSpan.FromSeconds(10));
            producer.AbortTransaction(TimeSpan.FromSeconds(10));
        }

        Publish(clients, "in.aborted", 0, 1);
        await port.SeekAsync([IInputPort.Earliest], Cancellation);
        Assert.Equal(2, Assert.Single(await ToEndAsync(port, [0])).Offset);
    }

    [Fact]
    public async Task Where_an_input_ends_is_behind_its_transactions_and_there_it_goes_on_when_retention_has_taken_them()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.quiet");
        PublishInTransaction(clients, "in.quiet");
        await port.SeekAsync([IInputPort.Earliest], Cancellation);
        var record = Assert.Single(await ToEndAsync(port, [0], until: 1));
        var end = await EndAsync(port);
        Assert.Equal((1, 2), (record.NextOffset, end));
        await clients.Admin.DeleteRecordsAsync([new TopicPartitionOffset("in.quiet", 0, end)]);

        var gone = await Assert.ThrowsAsync<KafkaConnectorException>(async () => await port.SeekAsync([record.NextOffset], Cancellation));
        Assert.Equal("in.quiet partition 0 holds offsets 2 to 2, not 1, which the lane must go on from", gone.Message);
        await port.SeekAsync([end], Cancellation);
        PublishInTransaction(clients, "in.quiet");
        Assert.Equal(2, Assert.Single(await ToEndAsync(port, [0], until: 1)).Offset);
    }

    [Fact]
    public async Task An_input_ends_before_a_transaction_that_is_open()
    {
        using var clients = Clients();
        await using var port = await InputsAsync(clients, "in.open");
        PublishInTransaction(clients, "in.open");
        using var producer = clients.TransactionalProducer("in.open-2", _ => { });
        producer.InitTransactions(Patience.Span);
        producer.BeginTransaction();
        producer.Produce(new TopicPartition("in.open", 0), new() { Value = "later"u8.ToArray() });
        producer.Flush(Patience.Span);
        Publish(clients, "in.open", 0, 1);
        await port.SeekAsync([IInputPort.Earliest], Cancellation);

        Assert.Single(await ToEndAsync(port, [0], until: 1));
        Assert.Equal(2, await EndAsync(port));
        producer.CommitTransaction(Patience.Span);
        Assert.Equal([2, 3], (await ToEndAsync(port, [0], until: 2)).Select(record => record.Offset));
        Assert.Equal(5, await EndAsync(port));
    }

    [Fact]
    public async Task Progress_is_shown_to_lag_tools_under_the_group()
    {
        using var clients = Clients();
        var port = await InputsAsync(clients, "in.lag");
        Publish(clients, "in.lag", 0, 10);
        await port.SeekAsync([IInputPort.Earliest], Cancellation);
        await ToEndAsync(port, [0]);
        Assert.Equal([10], await port.ShowProgressAsync([7], Cancellation));
        await port.DisposeAsync();

        var groups = await clients.Admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(clients.Options.GroupId, [new("in.lag", 0)])]);
        Assert.Equal(7, groups[0].Partitions[0].Offset.Value);
    }

    [Fact]
    public async Task The_same_records_come_through_TLS_and_SASL()
    {
        using var plain = Clients();
        await using (await InputsAsync(plain, "in.secure"))
            Publish(plain, "in.secure", 0, 10);
        using var clients = Clients(options => options with
        {
            BootstrapServers = Broker.SecureBootstrap,
            Client = ImmutableDictionary.CreateRange<string, string>(
            [
                new("security.protocol", "SASL_SSL"), new("sasl.mechanism", "PLAIN"), new("sasl.username", KafkaBroker.User),
                new("sasl.password", KafkaBroker.Password), new("ssl.ca.location", Broker.CaFile),
            ]),
        });
        await using var port = new KafkaInputPort(clients, 0, await DescribeAsync(clients, "in.secure"));
        await port.SeekAsync([IInputPort.Earliest], Cancellation);
        Assert.Equal(10, (await ToEndAsync(port, [0])).Length);
        await using var outputs = await OutputsAsync(clients, 3, "in.secure");
        Assert.Equal(PublishStatus.Committed, (await outputs.PublishAsync(Numbered("in.secure", 1, 1), Position(1), Cancellation)).Status);
    }

    private static async Task<KafkaInputPort> InputsAsync(KafkaClients clients, params string[] topics)
    {
        foreach (string topic in topics)
            await CreateTopicAsync(clients, topic, partitions: 1);
        return new(clients, 0, await DescribeAsync(clients, topics));
    }

    private static async Task<ImmutableArray<InputDescription>> DescribeAsync(KafkaClients clients, params string[] topics) =>
        [.. (await new TopicCatalog(clients).DescribeAsync(topics)).Select(topic => new InputDescription(topic.Name, topic.Id, 0, InputKind.Events))];

    private static void Publish(KafkaClients clients, string topic, int from, int count, params Header[] headers)
    {
        using var producer = clients.Producer("publish");
        for (int i = from; i < from + count; i++)
        {
            var message = new Message<byte[]?, byte[]?> { Key = "320106"u8.ToArray(), Value = Encoding.UTF8.GetBytes($"value-{i}"), Headers = [.. headers] };
            producer.Produce(new TopicPartition(topic, 0), message);
        }

        Assert.Equal(0, producer.Flush(TimeSpan.FromSeconds(10)));
    }

    private static void PublishInTransaction(KafkaClients clients, string topic)
    {
        using var producer = clients.TransactionalProducer(topic, _ => { });
        producer.InitTransactions(Patience.Span);
        producer.BeginTransaction();
        producer.Produce(new TopicPartition(topic, 0), new() { Value = "once"u8.ToArray() });
        producer.CommitTransaction(Patience.Span);
    }

    /// <summary>Where the one input stands that has nothing more.</summary>
    private static async Task<long> EndAsync(KafkaInputPort port)
    {
        var fetch = await port.FetchAsync(MaxRecords, [0], Cancellation);
        Assert.Empty(fetch.Records);
        return Assert.Single(fetch.Ends);
    }

    /// <summary>Fetches until all wanted inputs are at their ends and so many records have come.</summary>
    private static async Task<ImmutableArray<InputRecord>> ToEndAsync(KafkaInputPort port, ImmutableArray<int> wanted, int until = 0)
    {
        var records = ImmutableArray.CreateBuilder<InputRecord>();
        await Patience.UntilAsync(
            async () =>
            {
                var fetch = await port.FetchAsync(MaxRecords, wanted, Cancellation);
                records.AddRange(fetch.Records);
                return fetch.AtEnd.Length == wanted.Length && records.Count >= until ? records : null;
            },
            () => $"the end did not come; {records.Count} records did",
            Cancellation);
        return records.DrainToImmutable();
    }
}
