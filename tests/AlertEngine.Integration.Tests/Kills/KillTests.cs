using AlertEngine.Integration.Tests.Processes;
using Xunit;

namespace AlertEngine.Integration.Tests.Kills;

/// <summary>Goal: exactly once, whatever happens to the process. Method: SIGKILL at instants drawn from a seed, then the same bytes as without.</summary>
public sealed class KillTests
{
    private const int Events = 60_000;
    private const int Seed = 20_260_701;

    [Fact]
    public async Task A_replay_that_is_killed_again_and_again_ends_in_the_bytes_of_one_that_never_was()
    {
        using WorkFolder inputs = new(), whole = new(), killed = new();
        var replay = new KilledReplay(
            ["replay", "--events", new CityWorkload(Seed).WriteEvents(inputs, Events), "--rules", CityWorkload.WriteRules(inputs)], Seed);
        int writes = await replay.RunWholeAsync(whole);
        ReplayFiles expected = new(whole.File("out"));
        Assert.All(ReplayFiles.Names, name => Assert.True(expected.Lines(name).Length >= 100, $"{name} has too little in it to tell anything"));

        foreach (string line in await replay.RunKilledAsync(killed, Asked.Kills, writes, expected))
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        ReplayFiles ours = new(killed.File("out"));
        ours.RequireSameOutputs(expected);
        Assert.Equal(expected.SummaryWithoutClock(), ours.SummaryWithoutClock());
    }
}
