using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.CloudEvents;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Connectors.Kafka.Rekey;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: an event keyed by device reaches the lane of its district once, whatever ends a re-keyer. Method: re-keyers one after the other on a real broker.</summary>
public sealed class RekeyerTests(KafkaBroker broker) : KafkaTests(broker)
{
    [Fact]
    public async Task Every_event_comes_out_once_under_its_district_and_what_cannot_be_located_is_a_dead_letter()
    {
        using var clients = Clients(options => options with { InstanceId = "station" });
        await CreateTopicAsync(clients, TopicNames.Rekeyed);
        await CreateTopicAsync(clients, TopicNames.DeadLetters);
        string topic = await CreateTopicAsync(clients, "devices.events", partitions: 2);
        var inputs = Rekeyer.InputsOf(await new TopicCatalog(clients).DescribeAsync([topic]));

        ConcurrentQueue<string> faults = new();
        Publish(clients, topic, 0, 300);
        await using (Start(clients, inputs, faults))
            await UntilAsync(clients, TopicNames.Rekeyed, 1, faults);
        Publish(clients, topic, 300, 300);
        await using (Start(clients, inputs, faults))
        {
            var rekeyed = await UntilAsync(clients, TopicNames.Rekeyed, 594, faults);
            Assert.Equal(594, rekeyed.Select(record => Encoding.UTF8.GetString(record.Value.Span)).Distinct().Count());
            Assert.Equal(594, rekeyed.Count);
            Assert.All(rekeyed, record => Assert.Equal(Murmur2.PartitionOf(record.Key.Span, Partitions), record.Partition));
            Assert.Equal(6, (await UntilAsync(clients, TopicNames.DeadLetters, 6, faults)).Count);
        }
    }

    private static Rekeyer Start(KafkaClients clients, ImmutableArray<InputDescription> inputs, ConcurrentQueue<string> faults) =>
        Rekeyer.Start(clients, inputs, () => new RecordModes(new ByDevice()), new FakeClock(Instant.FromUtc(2026, 7, 1, 0, 0)), Duration.FromMinutes(5), faults.Enqueue);

    private static void Publish(KafkaClients clients, string topic, int from, int count)
    {
        using var producer = clients.Producer("devices");
        for (int i = from; i < from + count; i++)
            producer.Produce(topic, new Message<byte[]?, byte[]?> { Key = Encoding.UTF8.GetBytes($"device-{i}"), Value = Encoding.UTF8.GetBytes($"{i}") });
        Assert.Equal(0, producer.Flush(TimeSpan.FromSeconds(30)));
    }

    /// <summary>What a reader sees once so many records are there; how long a busy broker takes to make its topics of groups and transactions is nobody's promise.</summary>
    private static Task<List<TopicRecord>> UntilAsync(KafkaClients clients, string topic, int count, ConcurrentQueue<string> faults)
    {
        List<TopicRecord> records = [];
        return Patience.UntilAsync(
            async () =>
            {
                records.Clear();
                var reader = new TopicReader(clients);
                await reader.ReadAsync(await reader.BoundsAsync([topic]), records.Add, Cancellation);
                return records.Count < count ? null : records;
            },
            () => $"{topic} holds {records.Count} of {count} records; {string.Join("; ", faults)}",
            Cancellation);
    }

    /// <summary>A device's district is its number modulo twelve; every hundredth device is nowhere.</summary>
    private sealed class ByDevice : IRecordDecoder, IDecodedEvent
    {
        public IDecodedEvent Event => this;

        public string District { get; private set; } = "";

        public string Type => "";

        public long TimeTicks => 0;

        public UInt128 Key => 0;

        public ulong PayloadHash => 0;

        public UInt128? ObservationKey => null;

        public Rejection? Decode(in InputRecord record, TimeBounds bounds)
        {
            int number = int.Parse(Encoding.UTF8.GetString(record.Value.Span), System.Globalization.CultureInfo.InvariantCulture);
            District = $"3201{number % 12:00}";
            return number % 100 == 99 ? new(RejectionCodes.Unresolved, "no district") : null;
        }

        public CommandReading DecodeCommand(in InputRecord record, TimeBounds bounds) => throw new NotSupportedException();

        public Output Forward(in InputRecord record, string topic, string district) => new(OutputKind.Rekeyed, topic, district, record.Value);

        public Output DeadLetter(in InputRecord record, Rejection rejection) => new(OutputKind.DeadLetter, TopicNames.DeadLetters, "", record.Value);

        public EventRecord Keep() => throw new NotSupportedException();
    }
}
