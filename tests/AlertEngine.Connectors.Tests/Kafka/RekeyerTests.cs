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

        Publish(clients, topic, 0, 300);
        await using (Start(clients, inputs))
            await UntilAsync(clients, TopicNames.Rekeyed, 1);
        Publish(clients, topic, 300, 300);
        await using (Start(clients, inputs))
        {
            var rekeyed = await UntilAsync(clients, TopicNames.Rekeyed, 594);
            Assert.Equal(594, rekeyed.Select(record => Encoding.UTF8.GetString(record.Value.Span)).Distinct().Count());
            Assert.Equal(594, rekeyed.Length);
            Assert.All(rekeyed, record => Assert.Equal(Murmur2.PartitionOf(record.Key.Span, Partitions), record.Partition));
            Assert.Equal(6, (await UntilAsync(clients, TopicNames.DeadLetters, 6)).Length);
        }
    }

    private static Rekeyer Start(KafkaClients clients, ImmutableArray<InputDescription> inputs) =>
        Rekeyer.Start(clients, inputs, () => new RecordModes(new ByDevice()), new FakeClock(Instant.FromUtc(2026, 7, 1, 0, 0)), Duration.FromMinutes(5), _ => { });

    private static void Publish(KafkaClients clients, string topic, int from, int count)
    {
        using var producer = clients.Producer("devices");
        for (int i = from; i < from + count; i++)
            producer.Produce(topic, new Message<byte[]?, byte[]?> { Key = Encoding.UTF8.GetBytes($"device-{i}"), Value = Encoding.UTF8.GetBytes($"{i}") });
        Assert.Equal(0, producer.Flush(TimeSpan.FromSeconds(30)));
    }

    /// <summary>What a reader sees once so many records are there; each look waits for what the topic holds.</summary>
    private static async Task<ImmutableArray<TopicRecord>> UntilAsync(KafkaClients clients, string topic, int count)
    {
        for (int looks = 0; looks < 1_000; looks++)
        {
            var reader = new TopicReader(clients);
            var records = ImmutableArray.CreateBuilder<TopicRecord>();
            await reader.ReadAsync(await reader.BoundsAsync([topic]), records.Add, Cancellation);
            if (records.Count >= count)
                return records.DrainToImmutable();
        }

        throw new InvalidOperationException($"{topic} never held {count} records");
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
