using AlertEngine.Simulation.Running;
using AlertEngine.Simulation.World;
using Xunit;

namespace AlertEngine.Simulation.Tests;

/// <summary>
/// Goal: whatever dies, sleeps, lies or forgets at whatever instant, the promises hold. Method: seeds; each is a city whose engines are the real
/// protocol, kernels and codecs on simulated services. Far more seeds than here are in the ledger of the program.
/// </summary>
public sealed class SimulationTests
{
    private const int Seeds = 300;

    [Fact]
    public void Every_promise_is_kept_at_every_step_of_every_seed()
    {
        (IReadOnlyList<Verdict> violations, Happenings happenings) = SeedRange.Run(1, Seeds);
        Assert.True(violations.Count == 0, string.Join('\n', violations.Select(verdict => verdict.Line)));
        // A fault that never happened proves nothing.
        foreach (string fault in (string[])["fenced by another owner", "publication unknown", "write of unknown outcome", "write conflicted", "lane suspected", "database restored", "positions lost", "lane resumed", "city told", "city order", "city order of border", "city command accepted", "district snapshot in parts"])
            Assert.True(happenings.Counts.ContainsKey(fault), $"in {Seeds} seeds nothing was ever '{fault}'");
    }

    [Fact]
    public void The_same_seed_is_the_same_simulation()
    {
        List<string> one = [], other = [];
        Running.Simulation.Run(7, trace: one.Add);
        Running.Simulation.Run(7, trace: other.Add);
        Assert.NotEmpty(one);
        Assert.Equal(one, other);
    }

    [Fact]
    public void A_broken_promise_is_one_line_that_replays_it()
    {
        Verdict broken = new(12, "lane 0: output 3 is visible twice", new Happenings(), 1);
        Assert.Equal("seed 12: lane 0: output 3 is visible twice; replay: dotnet run --project tests/AlertEngine.Simulation -- --seeds 1 --from 12", broken.Line);
    }
}
