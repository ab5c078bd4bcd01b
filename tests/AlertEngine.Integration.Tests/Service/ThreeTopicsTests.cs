using System.Text.Json;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: what integrators get wrong comes back to them once, and what they get right is not touched by it. Method: three topics at once, both modes
/// mixed, every kind of broken record between good ones, on a real broker; an outside consumer and the metrics judge.
/// </summary>
public sealed class ThreeTopicsTests
{
    private const int GoodOfATopic = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_broken_record_is_a_dead_letter_once_with_its_bytes_every_good_one_an_order_and_a_redriven_one_is_processed_once()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string urls = $"http://127.0.0.1:{ServiceProcess.FreePort()}", config = service.Configure("three", urls: urls);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);
        int good = 3 * GoodOfATopic + 1, broken = BrokenRecords.All.Length;

        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            Publish(broker);
            Assert.Equal(good, service.ReadOrders(atLeast: good).Distinct().Count());
            Assert.Equal(BrokenRecords.All.Select(record => record.Expected).Order(StringComparer.Ordinal), DeadLetters(service, broken));
            await CountedAsync(urls, good, broken);
            Assert.Equal(0, await engine.TerminateAsync(Cancellation));
        }

        service.AddDistrict("320199");
        await using var successor = EngineProcess.Start("run", "--config", config);
        await successor.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        string mended = service.Read(TopicNames.DeadLetters, broken).Single(IsMended).GetProperty("id").GetString()!;
        Assert.Equal($"{broken} sent again, 0 not\n", (await RedriveAsync(config, "--all")).Output);
        // The contradicted pair of source and id is known by now, so its second sending is one event more; everything else is as broken as before.
        Assert.Equal(2 * broken - 2, service.Read(TopicNames.DeadLetters, 2 * broken - 2).Length);
        Assert.Equal(good + 1, service.ReadOrders(atLeast: good + 1).Distinct().Count());
        // Somebody in a hurry sends the same one twice.
        Assert.Equal("1 sent again, 0 not\n", (await RedriveAsync(config, mended)).Output);
        SendLast(broker);
        Assert.Equal(good + 4, service.ReadOrders(atLeast: good + 4).Length);
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));
        var verified = await EngineProcess.RunAsync("orders", "verify", "--config", config);
        Assert.EndsWith("gaps 0, repeats 0\n", verified.Output, StringComparison.Ordinal);
    }

    private static bool IsMended(JsonElement deadLetter) => SentRecord.Met(deadLetter) == BrokenRecords.OfUnknownDistrict.Expected;

    private static Task<Ending> RedriveAsync(string config, string what) => EngineProcess.RunAsync("deadletters", "redrive", what, "--config", config);

    private static IEnumerable<string> DeadLetters(FireService service, int atLeast) =>
        service.Read(TopicNames.DeadLetters, atLeast).Select(SentRecord.Met).Order(StringComparer.Ordinal);

    /// <summary>One more event in each topic: when its order is there, what was sent before it has been seen.</summary>
    private static void SendLast(KafkaBroker broker)
    {
        using var producer = Producer(broker);
        foreach (string topic in TopicNames.DefaultInputs)
            producer.Produce(topic, SentRecord.Binary("good", null, $"last-{topic}").ToMessage("320106"));
        producer.Flush(TimeSpan.FromSeconds(60));
    }

    private static IProducer<byte[], byte[]> Producer(KafkaBroker broker) =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.Bootstrap, Partitioner = Partitioner.Murmur2Random }).Build();

    /// <summary>Good and broken ones in turn, over all topics; structured and binary in turn.</summary>
    private static void Publish(KafkaBroker broker)
    {
        using var producer = Producer(broker);
        producer.Produce(TopicNames.DefaultInputs[0], BrokenRecords.Contradicted.ToMessage("320106"));
        producer.Flush(TimeSpan.FromSeconds(60));
        for (int n = 0; n < GoodOfATopic * 3; n++)
        {
            string topic = TopicNames.DefaultInputs[n % 3];
            var good = n % 2 == 0 ? SentRecord.Binary("good", null, $"g-{n}") : SentRecord.Structured("good", null, FireService.Event($"g-{n}", $"SD-g-{n}", "320106"));
            producer.Produce(topic, good.ToMessage("320106"));
            if (n < BrokenRecords.All.Length)
                producer.Produce(TopicNames.DefaultInputs[(n + 1) % 3], BrokenRecords.All[n].ToMessage("320106"));
        }

        producer.Flush(TimeSpan.FromSeconds(60));
    }

    /// <summary>The metrics tell the same numbers, and that nothing waits.</summary>
    private static async Task CountedAsync(string urls, int good, int broken)
    {
        var page = await ScrapedMetrics.UntilAsync(urls, page => page["publish_outputs_total"] >= 2 * good + broken && page["publish_backlog"] == 0, Cancellation);
        Assert.Equal((good + broken, good, broken), (page["ingest_events_total"], page["ingest_accepted_total"], page["ingest_dead_letters_total"]));
        Assert.Equal((good, good, good), (page["alerts_opened_total"], page["workorders_dispatched_total"], page["workorders_event_to_order_seconds_count"]));
        // Three of districts, one of the city.
        Assert.Equal((0, 4), (page["publish_backlog"], page["lane_running"]));
    }
}
