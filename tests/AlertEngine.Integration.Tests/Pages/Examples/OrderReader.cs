using System.Text.Json;
using Confluent.Kafka;

namespace AlertEngine.Integration.Tests.Pages.Examples;

/// <summary>Reads the orders of one unit, hands on each revision once, and acknowledges what is new.</summary>
public sealed class OrderReader(string bootstrap, string unit)
{
    private readonly Dictionary<string, int> _revisions = [];   // in your database: order id → newest revision

    /// <summary>Reads until it is cancelled. <paramref name="store"/> keeps a revision for good; only then its record is committed.</summary>
    public void Run(Action<JsonElement> store, CancellationToken cancellation)
    {
        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = bootstrap, GroupId = $"{unit}-orders", IsolationLevel = IsolationLevel.ReadCommitted,
            AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false,
        }).Build();
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = bootstrap, EnableIdempotence = true, Partitioner = Partitioner.Murmur2Random,
        }).Build();
        consumer.Subscribe($"city.workorders.{unit}.v1");
        while (!cancellation.IsCancellationRequested)
        {
            ConsumeResult<string, string> record = consumer.Consume(cancellation);
            using JsonDocument message = JsonDocument.Parse(record.Message.Value);
            Take(message.RootElement, store, producer);
            producer.Flush(cancellation);
            consumer.Commit(record);
        }
    }

    private void Take(JsonElement message, Action<JsonElement> store, IProducer<string, string> producer)
    {
        JsonElement order = message.GetProperty("data");
        string id = order.GetProperty("workOrderId").GetString()!;
        int revision = order.GetProperty("revision").GetInt32();
        if (revision <= _revisions.GetValueOrDefault(id))
            return;   // your own restart: read again, known already
        store(order);
        _revisions[id] = revision;
        if (order.GetProperty("operation").GetString() == "dispatched")
            producer.Produce("city.workorders.feedback.v1", new Message<string, string> { Key = message.GetProperty("district").GetString()!, Value = Acknowledge(id) });
    }

    // The id is made of the order's: sent twice, it is one command.
    private string Acknowledge(string order) => JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id = $"acknowledge-{unit}-{order}",
        source = $"/{unit}",
        type = "city.workorder.feedback.v1",
        time = TimeProvider.System.GetUtcNow().ToString("O"),
        data = new { command = "acknowledge", order, unit, actor = "duty officer", reason = "taken by the duty room" },
    });
}
