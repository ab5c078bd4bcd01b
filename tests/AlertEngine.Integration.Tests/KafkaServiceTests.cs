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
    private readonly FireService _service = new(broker);
    private string _config = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await broker.StartOrSkipAsync();
        _config = _service.Configure("alone");
    }

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Killed_and_started_again_it_sends_every_order_once_and_every_broken_event_to_the_dead_letters_once()
    {
        Assert.Equal(3, (await EngineProcess.RunAsync("run", "--config", _config)).ExitCode);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", _config)).ExitCode);

        await using (var engine = EngineProcess.Start("run", "--config", _config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            Assert.Equal(new Ending(0, "500 events sent to city.events.sensor.v1\n", ""), await _service.PublishAsync(0, 500, _config));
            PublishBinary("binary-1");
            PublishBroken();
            _service.ReadOrders(atLeast: 100);
            await engine.KillAsync();
        }

        await _service.PublishAsync(500, 500, _config);
        await using var successor = EngineProcess.Start("run", "--config", _config);
        await successor.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        var orders = _service.ReadOrders(atLeast: 1_001);
        Assert.Equal((1_001, 1_001), (orders.Length, orders.Distinct().Count()));
        Assert.Equal(["invalid-json", "missing-attribute", "time-without-offset", "unknown-district"], (await DeadLettersAsync()).Order());
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));

        var verified = await EngineProcess.RunAsync("orders", "verify", "--config", _config);
        // An order and an alert for each event, and the dead letters.
        Assert.Equal((0, "lanes 2, messages 2006, gaps 0, repeats 0\n"), (verified.ExitCode, verified.Output));
        await RedrivenAsync();
    }

    [Fact]
    public async Task Without_a_broker_every_command_ends_with_3_and_says_so()
    {
        await File.WriteAllTextAsync(_config, (await File.ReadAllTextAsync(_config, Cancellation)).Replace("60s", "1s", StringComparison.Ordinal), Cancellation);
        string absent = $"127.0.0.1:{ServiceProcess.FreePort()}";
        foreach (string[] command in new[] { new[] { "run" }, ["topics", "check"], ["orders", "verify"], ["lanes", "status"] })
        {
            var (exitCode, _, error) = await EngineProcess.RunAsync([.. command, "--config", _config, "--bootstrap", absent]);
            Assert.Equal(3, exitCode);
            Assert.StartsWith($"Kafka at {absent} is not reachable within 1 s: ", error.Split('\n')[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_fault_of_the_configuration_is_told_at_once()
    {
        await File.WriteAllTextAsync(_config, """{ "AlertEngine": { "Kafka": { "BotstrapServers": "x", "FetchWait": "soon" }, "Redis": { "Policy": "never" } } }""", Cancellation);
        var (exitCode, _, error) = await EngineProcess.RunAsync("run", "--config", _config);
        Assert.Equal(2, exitCode);
        Assert.Equal(
            [
                $"AlertEngine:Kafka:BotstrapServers (from {_config}) does not exist; did you mean AlertEngine:Kafka:BootstrapServers?",
                $"AlertEngine:Kafka:FetchWait (from {_config}): 'soon' is no duration; write 250ms, 5s, 10m, 24h or 7d",
                $"AlertEngine:Redis:Policy (from {_config}): 'never' is none of local, pause",
            ],
            error.Split('\n').Order());

        Assert.Equal(
            [
                $"AlertEngine:Kafka:BotstrapServers（来自{_config}）不存在；是否指 AlertEngine:Kafka:BootstrapServers？",
                $"AlertEngine:Kafka:FetchWait（来自{_config}）：'soon' 不是时长；请写成 250ms、5s、10m、24h 或 7d",
                $"AlertEngine:Redis:Policy（来自{_config}）：'never' 不是 local、pause 之一",
            ],
            (await EngineProcess.RunAsync("run", "--config", _config, "--lang", "zh")).Error.Split('\n').Order(StringComparer.Ordinal));
    }

    /// <summary>What was unknown becomes known; the dead letter is sent again and processed, once.</summary>
    private async Task RedrivenAsync()
    {
        _service.AddDistrict("320199");
        await using var engine = EngineProcess.Start("run", "--config", _config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        var redriven = await EngineProcess.RunAsync("deadletters", "redrive", "--reason", "unknown-district", "--all", "--config", _config);
        Assert.Equal("1 sent again, 0 not\n", redriven.Output);
        Assert.Equal(1_002, _service.ReadOrders(atLeast: 1_002).Distinct().Count());
    }

    private void PublishBinary(string id)
    {
        using var producer = Producer();
        var headers = new Headers { { "content-type", "application/json"u8.ToArray() } };
        foreach (var (name, value) in new[] { ("specversion", "1.0"), ("id", id), ("source", "/test"), ("type", "fire.alarm"), ("subject", "SD-binary"), ("time", "2026-07-01T08:00:00+08:00"), ("district", "320106") })
            headers.Add($"ce_{name}", Encoding.UTF8.GetBytes(value));
        producer.Produce("city.events.video.v1", new Message<byte[], byte[]> { Key = "320106"u8.ToArray(), Value = """{"level":9.5}"""u8.ToArray(), Headers = headers });
        producer.Flush(TimeSpan.FromSeconds(30));
    }

    private void PublishBroken()
    {
        using var producer = Producer();
        foreach (string value in new[]
        {
            "{", """{"specversion":"1.0","id":"b-1","source":"/test"}""",
            FireService.Event("b-2", "SD-b", "320106").Replace("+08:00", "", StringComparison.Ordinal), FireService.Event("b-3", "SD-b", "320199"),
        })
            producer.Produce("city.events.drone.v1", new Message<byte[], byte[]> { Key = "320106"u8.ToArray(), Value = Encoding.UTF8.GetBytes(value) });
        producer.Flush(TimeSpan.FromSeconds(30));
    }

    private IProducer<byte[], byte[]> Producer() =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.Bootstrap, Partitioner = Partitioner.Murmur2Random }).Build();

    private async Task<IEnumerable<string>> DeadLettersAsync()
    {
        var (_, output, _) = await EngineProcess.RunAsync("deadletters", "list", "--config", _config, "--format", "json");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("code").GetString()!);
    }
}
