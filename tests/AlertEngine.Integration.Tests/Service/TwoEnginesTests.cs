using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: two engines on one cluster, for two cities or two stages, share its output topics and never take each other's messages for their own. Method:
/// two processes with transactional ids of their own on a real broker, each with an input of its own, both killed and started again; an outside
/// consumer and <c>orders verify</c> judge.
/// </summary>
public sealed class TwoEnginesTests
{
    private const string NorthEvents = "city.events.sensor.v1", SouthEvents = "city.events.video.v1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_engines_share_output_topics_and_each_goes_on_after_a_kill_with_its_own_numbers()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string north = service.Configure("north-1", app: "north", inputs: NorthEvents), south = service.Configure("south-1", app: "south", inputs: SouthEvents);
        foreach (string config in new[] { north, south })
            Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);

        await using (var first = await RunningAsync(north))
        await using (var second = await RunningAsync(south))
        {
            service.Produce(NorthEvents, "320106", Alarms("n", 0));
            service.Produce(SouthEvents, "320106", Alarms("s", 0));
            // Under the key of another district: sent on by the lane that reads them, through a topic that both engines read.
            service.Produce(NorthEvents, "320104", Alarms("n", 100));
            service.ReadOrders(atLeast: 200);
            await first.KillAsync();
            await second.KillAsync();
        }

        service.Produce(SouthEvents, "320106", Alarms("s", 200));
        await using var north2 = await RunningAsync(north);
        await using var south2 = await RunningAsync(south);
        service.Produce(NorthEvents, "320106", Alarms("n", 200));
        var orders = service.ReadOrders(atLeast: 500);
        Assert.Equal((500, 500), (orders.Length, orders.Distinct().Count()));
        // Three lanes of districts and the city's.
        Assert.Equal(Enumerable.Repeat("north-1", 4), await OwnersAsync(north));
        Assert.Equal(Enumerable.Repeat("south-1", 4), await OwnersAsync(south));
        Assert.Equal((0, 0), (await north2.TerminateAsync(Cancellation), await south2.TerminateAsync(Cancellation)));

        var verified = await EngineProcess.RunAsync("orders", "verify", "--config", north);
        // North: lane of 320106, and that of 320104 for what it sent on; south: one. An order and an alert of each event, and what was sent on.
        Assert.Equal(new Ending(0, "lanes 3, messages 1100, gaps 0, repeats 0\n", ""), verified);
    }

    private static IEnumerable<string> Alarms(string city, int from) => Enumerable.Range(from, 100).Select(n => FireService.Event($"{city}-{n}", $"SD-{city}-{n}", "320106"));

    private static async Task<EngineProcess> RunningAsync(string config)
    {
        var engine = EngineProcess.Start("run", "--config", config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        return engine;
    }

    private static async Task<IEnumerable<string?>> OwnersAsync(string config)
    {
        var status = await EngineProcess.RunAsync("lanes", "status", "--config", config, "--format", "json");
        return status.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("owner").GetString());
    }
}
