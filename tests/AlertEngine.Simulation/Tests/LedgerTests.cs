using AlertEngine.Simulation.Running;
using AlertEngine.Simulation.World;
using Xunit;

namespace AlertEngine.Simulation.Tests;

/// <summary>Goal: a run of many seeds can stop and go on, and reports what is in its ledger.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("alertengine-ledger-").FullName, "simulation.jsonl");

    [Fact]
    public void It_goes_on_behind_the_chunks_of_the_same_commit_that_have_no_gap()
    {
        Ledger ledger = new(_path, "abc");
        Assert.Equal(1, ledger.NextSeed(1));
        ledger.Add(1, 100, []);
        ledger.Add(101, 50, []);
        ledger.Add(300, 50, []);
        new Ledger(_path, "def").Add(151, 100, []);
        Assert.Equal(151, new Ledger(_path, "abc").NextSeed(1));
        Assert.Equal(1, new Ledger(_path, "ghi").NextSeed(1));
    }

    [Fact]
    public void A_line_has_commit_seeds_and_result()
    {
        Ledger ledger = new(_path, "abc");
        ledger.Add(1, 10, []);
        ledger.Add(11, 10, [new Verdict(12, "twice", new Happenings(), 5)]);
        Assert.Equal(
            [
                """{"commit":"abc","from":1,"seeds":10,"result":"kept","violations":0}""",
                """{"commit":"abc","from":11,"seeds":10,"result":"seed 12: twice; replay: dotnet run --project tests/AlertEngine.Simulation -- --seeds 1 --from 12","violations":1}""",
            ],
            File.ReadAllLines(_path));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
}
