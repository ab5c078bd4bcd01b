using AlertEngine.Integration.Tests.Kills;
using AlertEngine.Integration.Tests.Oracles;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Peers;

/// <summary>
/// Goal: on the workload that other engines are measured with, the number of orders is the one that an independent count gives, killed or not.
/// Method: its own generators, 500,000 events and 1,000 rules; minutes long, so only where <c>ALERTENGINE_PEERS=1</c> asks for it.
/// </summary>
public sealed class PeersTests
{
    private const int Events = 500_000;
    private const int Rules = 1_000;
    private const int Orders = 3_749;
    private const int Seed = 42;

    [Fact]
    public async Task Half_a_million_events_and_a_thousand_rules_give_the_orders_of_an_independent_count()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ALERTENGINE_PEERS") == "1", "ALERTENGINE_PEERS=1 was not asked for: half a million events take minutes");
        using WorkFolder inputs = new(), whole = new(), killed = new();
        await GenerateAsync(inputs);
        var replay = new KilledReplay(
            ["replay", "--events", inputs.File("events.ndjson"), "--rules", inputs.File("rules", "bench.rules.yaml"), "--city", inputs.File("rules", "city.yaml")], Seed);
        int writes = await replay.RunWholeAsync(whole);
        ReplayFiles expected = new(whole.File("out"));
        Assert.Equal(Orders, Dispatched(expected).Distinct().Count());
        Assert.Equal(Orders, Dispatched(expected).Count());

        foreach (string line in await replay.RunKilledAsync(killed, Asked.Kills, writes, expected))
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        new ReplayFiles(killed.File("out")).RequireSameOutputs(expected);
    }

    private static async Task GenerateAsync(WorkFolder inputs)
    {
        await ServiceProcess.RunAsync("python3", [SharedFile.PathOf("peers", "bin", "gen-events"), $"{Events}", inputs.File("events.ndjson")]);
        await ServiceProcess.RunAsync("python3", [SharedFile.PathOf("peers", "bin", "gen-rules"), $"{Rules}", inputs.File("rules")]);
    }

    private static IEnumerable<string?> Dispatched(ReplayFiles files) => files.Messages("workorders.ndjson")
        .Where(message => message.GetProperty("type").GetString() == "city.workorder.dispatched.v1")
        .Select(message => message.GetProperty("data").GetProperty("workOrderId").GetString());
}
