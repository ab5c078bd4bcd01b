using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Chaos.Tests;

/// <summary>
/// Goal: whatever real process is killed or put to sleep, an outside reader sees each order once. Method: real servers and engines under load; a
/// handful of rounds here, hundreds by the program, whose ledger is benchmarks/results/chaos.jsonl.
/// </summary>
public sealed class ChaosTests
{
    [Theory]
    [InlineData(2, 7, false)]
    [InlineData(2, 11, true)]
    public async Task A_reader_outside_sees_each_order_once_whatever_is_killed_or_sleeps(int rounds, int seed, bool isShared)
    {
        ChaosOptions options = new() { Rounds = rounds, Seed = seed, IsShared = isShared, Engines = isShared ? 2 : 1 };
        (string? violation, int orders) = await ServiceStart.OrSkipAsync(
            () => ChaosProgram.RunAsync(options, new ChaosLedger(null, "test"), round => TestContext.Current.TestOutputHelper?.WriteLine(round.ToString())));
        Assert.True(violation is null, violation);
        Assert.True(orders >= rounds * 20, $"only {orders} orders in {rounds} rounds");
    }
}
