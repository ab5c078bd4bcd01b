using AlertEngine.Chaos;
using Xunit;

namespace AlertEngine.Chaos.Tests;

/// <summary>Goal: hundreds of kills can be done in pieces, and what is reported is what is in the ledger.</summary>
public sealed class ChaosLedgerTests : IDisposable
{
    private static readonly ChaosOptions Mixed = new() { Rounds = 60, Seed = 7, IsMixed = true, CityRounds = 25, Commit = "abc" };

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("alertengine-ledger-").FullName, "chaos.jsonl");

    [Fact]
    public void A_mixed_run_goes_on_with_the_next_layout_behind_the_cities_that_ended()
    {
        Assert.Equal((0, 0), new ChaosLedger(_path, "abc").Done);
        ChaosOptions first = Mixed.City(0, 60);
        Assert.Equal(("sqlite", 1, 1, 7, 25), (first.Journal, first.Brokers, first.Engines, first.Seed, first.Rounds));
        ChaosLedger ledger = new(_path, "abc");
        ledger.Add(first, Round(1, 10, 20));
        ledger.End(first, 25, 500, null);
        // This city was cut off: its rounds are done again.
        ledger.Add(Mixed.City(1, 35), Round(1, 10, 20));
        new ChaosLedger(_path, "def").End(first, 25, 500, null);

        Assert.Equal((1, 25), new ChaosLedger(_path, "abc").Done);
        ChaosOptions next = Mixed.City(1, 35);
        Assert.Equal(("postgresql", 1, 2, 8, 25), (next.Journal, next.Brokers, next.Engines, next.Seed, next.Rounds));
        ChaosOptions last = Mixed.City(2, 10);
        Assert.Equal(("postgresql", 3, 2, 9, 10), (last.Journal, last.Brokers, last.Engines, last.Seed, last.Rounds));
    }

    [Fact]
    public void The_report_counts_rounds_and_says_how_soon_lanes_went_on()
    {
        ChaosLedger ledger = new(_path, "abc");
        for (int round = 1; round <= 100; round++)
            ledger.Add(Mixed, Round(round, 100, 100 + round));
        ledger.End(Mixed, 100, 2_000, null);
        ledger.Fault(Mixed, "the broker did not answer");
        ledger.Add(Mixed, new ThroughputResult(1_000, 800, 6, null));
        Assert.Equal(
            "1 cities, 100 rounds, 0 violations, 1 faults of the harness; all lanes went on after p50 150 ms, p99 199 ms from the signal, p50 50 ms, p99 99 ms from its end",
            new ChaosLedger(_path, "abc").Report());
        Assert.Equal(
            """{"commit":"abc","seed":7,"journal":"sqlite","brokers":1,"engines":1,"seconds":90,"kills":6,"undisturbedPerS":1000,"disturbedPerS":800,"share":0.8,"result":"kept"}""",
            File.ReadLines(_path).Last());
    }

    [Fact]
    public void A_broken_promise_is_in_the_report()
    {
        ChaosLedger ledger = new(_path, "abc");
        ledger.Add(Mixed, Round(1, 0, 40));
        ledger.End(Mixed, 1, 20, "device SD-1 has two orders");
        Assert.StartsWith("1 cities, 1 rounds, 1 violations, 0 faults of the harness; ", ledger.Report(), StringComparison.Ordinal);
        Assert.Contains("device SD-1 has two orders", File.ReadLines(_path).Last(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private static RoundResult Round(int round, int downMs, long recoveryMs) => new(round, "redis", "kill", downMs, recoveryMs, round * 20, null);
}
