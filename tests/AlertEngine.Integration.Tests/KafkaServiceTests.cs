using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Xunit;

[assembly: AssemblyFixture(typeof(KafkaBroker))]

namespace AlertEngine.Integration.Tests;

/// <summary>Goal: the service as a city runs it. Method: the program's own commands and processes against a real broker; an outside consumer judges.</summary>
public sealed class KafkaServiceTests(KafkaBroker broker) : IAsyncLifetime
{
    private const int Lanes = 2;
    private const string OrdersTopic = "city.workorders.gulou.v1";
    private readonly string _folder = ServiceProcess.NewFolder("service");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Config => Path.Combine(_folder, "config.json");

    public async ValueTask InitializeAsync()
    {
        try
        {
            await broker.EnsureStartedAsync();
        }
        catch (ServiceUnavailableException absent) when (!ServiceUnavailableException.IsFailure)
        {
            Assert.Skip(absent.Message);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "fire.rules.yaml"), Rules, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "city.yaml"), City, Cancellation);
        await File.WriteAllTextAsync(Config, JsonSerializer.Serialize(new
        {
            AlertEngine = new
            {
                Kafka = new { BootstrapServers = broker.Bootstrap, RequestTimeout = "10s" },
                Rules = new[] { Path.Combine(_folder, "fire.rules.yaml") },
                City = Path.Combine(_folder, "city.yaml"),
                Journal = new { ConnectionString = Path.Combine(_folder, "journal.db") },
                Http = new { Urls = "" },
            },
        }), Cancellation);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Killed_and_started_again_it_sends_every_order_once_and_every_broken_event_to_the_dead_letters_once()
    {
        Assert.Equal(3, (await EngineProcess.RunAsync("run", "--config", Config)).ExitCode);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "2", "--config", Config)).ExitCode);

        await using (var engine = EngineProcess.Start("run", "--config", Config))
        {
            await engine.UntilSaidAsync("is running", Lanes, Cancellation);
            await PublishAsync(0, 500);
            PublishBinary("binary-1");
            PublishBroken();
            ReadOrders(atLeast: 100);
            await engine.KillAsync();
        }

        await PublishAsync(500, 500);
        await using var successor = EngineProcess.Start("run", "--config", Config);
        await successor.UntilSaidAsync("is running", Lanes, Cancellation);
        var orders = ReadOrders(atLeast: 1_001);
        Assert.Equal(1_001, orders.Distinct().Count());
        Assert.Equal(1_001, orders.Length);
        Assert.Equal(["invalid-json", "missing-attribute", "time-without-offset", "unknown-district"], (await DeadLettersAsync()).Order());
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));

        var verified = await EngineProcess.RunAsync("orders", "verify", "--config", Config);
        // An order and an alert for each event, and the dead letters.
        Assert.Equal((0, "lanes 2, messages 2006, gaps 0, repeats 0\n"), (verified.ExitCode, verified.Output));
        await RedrivenAsync();
    }

    [Fact]
    public async Task Without_a_broker_every_command_ends_with_3_and_says_so()
    {
        await File.WriteAllTextAsync(Config, (await File.ReadAllTextAsync(Config, Cancellation)).Replace("10s", "1s", StringComparison.Ordinal), Cancellation);
        string absent = $"127.0.0.1:{ServiceProcess.FreePort()}";
        foreach (string[] command in new[] { new[] { "run" }, ["topics", "check"], ["orders", "verify"], ["lanes", "status"] })
        {
            var (exitCode, _, error) = await EngineProcess.RunAsync([.. command, "--config", Config, "--bootstrap", absent]);
            Assert.Equal(3, exitCode);
            Assert.StartsWith($"Kafka at {absent} is not reachable within 1 s: ", error.Split('\n')[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_fault_of_the_configuration_is_told_at_once()
    {
        await File.WriteAllTextAsync(Config, """{ "AlertEngine": { "Kafka": { "BotstrapServers": "x", "FetchWait": "soon" }, "Redis": { "Policy": "never" } } }""", Cancellation);
        var (exitCode, _, error) = await EngineProcess.RunAsync("run", "--config", Config);
        Assert.Equal(2, exitCode);
        Assert.Equal(
            [
                $"AlertEngine:Kafka:BotstrapServers (from {Config}) does not exist; did you mean AlertEngine:Kafka:BootstrapServers?",
                $"AlertEngine:Kafka:FetchWait (from {Config}): 'soon' is no duration; write 250ms, 5s, 10m, 24h or 7d",
                $"AlertEngine:Redis:Policy (from {Config}): 'never' is none of local, pause",
            ],
            error.Split('\n').Order());
    }

    /// <summary>What was unknown becomes known; the dead letter is sent again and processed, once.</summary>
    private async Task RedrivenAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "city.yaml"), City + "  - { code: '320199', name: { zh: 新区, en: New } }\n", Cancellation);
        await using var engine = EngineProcess.Start("run", "--config", Config);
        await engine.UntilSaidAsync("is running", Lanes, Cancellation);
        var redriven = await EngineProcess.RunAsync("deadletters", "redrive", "--reason", "unknown-district", "--all", "--config", Config);
        Assert.Equal("1 sent again, 0 not\n", redriven.Output);
        Assert.Equal(1_002, ReadOrders(atLeast: 1_002).Distinct().Count());
    }

    private async Task PublishAsync(int from, int count)
    {
        string file = Path.Combine(_folder, "events.ndjson");
        await File.WriteAllLinesAsync(file, Enumerable.Range(from, count).Select(n => Event($"e-{n}", $"SD-{n}", n % 2 == 0 ? "320106" : "320104")), Cancellation);
        var (exitCode, output, error) = await EngineProcess.RunAsync("publish", "--events", file, "--topic", "city.events.sensor.v1", "--config", Config);
        Assert.Equal((0, $"{count} events sent to city.events.sensor.v1\n", ""), (exitCode, output, error));
    }

    private void PublishBinary(string id)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.Bootstrap, Partitioner = Partitioner.Murmur2Random }).Build();
        var headers = new Headers { { "content-type", "application/json"u8.ToArray() } };
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("id", id), ("source", "/test"), ("type", "fire.alarm"), ("subject", "SD-binary"), ("time", "2026-07-01T08:00:00+08:00"), ("district", "320106") })
            headers.Add($"ce_{name}", Encoding.UTF8.GetBytes(value));
        producer.Produce("city.events.video.v1", new Message<byte[], byte[]> { Key = "320106"u8.ToArray(), Value = """{"level":9.5}"""u8.ToArray(), Headers = headers });
        producer.Flush(TimeSpan.FromSeconds(30));
    }

    private void PublishBroken()
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.Bootstrap, Partitioner = Partitioner.Murmur2Random }).Build();
        foreach (string value in new[]
        {
            "{", """{"specversion":"1.0","id":"b-1","source":"/test"}""",
            Event("b-2", "SD-b", "320106").Replace("+08:00", "", StringComparison.Ordinal), Event("b-3", "SD-b", "320199"),
        })
            producer.Produce("city.events.drone.v1", new Message<byte[], byte[]> { Key = "320106"u8.ToArray(), Value = Encoding.UTF8.GetBytes(value) });
        producer.Flush(TimeSpan.FromSeconds(30));
    }

    /// <summary>The ids of dispatched orders that an outside consumer sees, read until so many were there and then to the end.</summary>
    private ImmutableArray<string> ReadOrders(int atLeast)
    {
        var seen = ImmutableArray.CreateBuilder<string>();
        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = broker.Bootstrap, GroupId = "judge", IsolationLevel = IsolationLevel.ReadCommitted, EnablePartitionEof = true, AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Lanes).Select(partition => new TopicPartitionOffset(OrdersTopic, partition, Offset.Beginning)));
        var ended = new HashSet<int>();
        while (seen.Count < atLeast || ended.Count < Lanes)
        {
            var consumed = consumer.Consume(TimeSpan.FromSeconds(120)) ?? throw new InvalidOperationException($"only {seen.Count} orders came");
            if (consumed.IsPartitionEOF)
            {
                ended.Add(consumed.Partition.Value);
                continue;
            }

            ended.Remove(consumed.Partition.Value);
            var order = JsonElement.Parse(consumed.Message.Value);
            if (order.GetProperty("type").GetString() == "city.workorder.dispatched.v1")
                seen.Add(order.GetProperty("data").GetProperty("workOrderId").GetString()!);
        }

        return seen.DrainToImmutable();
    }

    private async Task<IEnumerable<string>> DeadLettersAsync()
    {
        var (_, output, _) = await EngineProcess.RunAsync("deadletters", "list", "--config", Config, "--format", "json");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("code").GetString()!);
    }

    private static string Event(string id, string device, string district) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/test","type":"fire.alarm","subject":"{{{device}}}","time":"2026-07-01T08:00:00+08:00","district":"{{{district}}}","data":{"level":9.5}}""";

    private const string Rules = """
        alertengine: rules/v1
        pack: fire
        events:
          fire.alarm: { level: { type: double } }
        rules:
          - id: fire-alarm
            name: { zh: 火警, en: Fire alarm }
            owner: fire
            stage: live
            source: { type: fire.alarm }
            key: event.device
            detect: { each: { when: event.level > 9.0, once: true } }
            severity: { base: red }
            title: { zh: 火警, en: Fire alarm }
            routes: [ { to: gulou } ]
        """;

    private const string City = """
        alertengine: city/v1
        city: { code: '320100', name: { zh: 南京, en: Nanjing }, timezone: Asia/Shanghai }
        levels: [ district, city ]
        units:
          - { id: gulou, name: { zh: 鼓楼, en: Gulou } }
        districts:
          - { code: '320106', name: { zh: 鼓楼, en: Gulou } }
          - { code: '320104', name: { zh: 秦淮, en: Qinhuai } }

        """;
}
