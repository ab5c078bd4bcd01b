using AlertEngine.Simulation.Conformance;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Simulation.Tests;

/// <summary>
/// Goal: the simulated journal promises what real databases promise, and no more. Method: the same scripts run against the simulated one, SQLite and
/// PostgreSQL through the engine's own journal actor, also behind a restored backup, and what owners are told and recover is compared.
/// </summary>
public sealed class JournalConformanceTests
{
    /// <summary>Each claim with its script.</summary>
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["rows come back in their order to whoever takes the lane"] = """
            a take
            a write x
            a write y z
            b take
            b write w
            a take
            a write v
            b take
            """,
        ["of two writers the first stays, and nothing of the other's batch is there"] = """
            a take
            b take
            a write x
            b write y z
            a write w
            c take
            """,
        ["a snapshot stands for the rows up to its own, and those behind it follow"] = """
            a take
            a write x y z
            a snapshot 2 s
            b take
            """,
        ["the newest snapshot stands for most rows, whichever was saved last"] = """
            a take
            a write x y z
            a snapshot 3 new
            a snapshot 1 old
            b take
            """,
        ["numbers go on when all rows were pruned"] = """
            a take
            a write x y
            a snapshot 2 s
            a prune 2
            a write z
            b take
            b snapshot 3 t
            b prune 3
            c take
            c write w
            b take
            """,
        ["a former owner is refused where its successor has pruned"] = """
            a take
            a write x
            b take
            b write y z w
            b snapshot 4 s
            b prune 4
            a write v
            c take
            """,
        ["a restored backup is what was there when it was made, and numbers go on from there"] = """
            a take
            a write x y
            a snapshot 1 s
            backup
            a take
            a write z
            a snapshot 3 t
            restore
            b take
            b write w
            c take
            """,
        ["a backup brings back what was pruned since"] = """
            a take
            a write x y z
            a snapshot 2 s
            backup
            a take
            a write w
            a snapshot 4 t
            a prune 4
            restore
            b take
            b write v
            a take
            """,
    };

    public static TheoryData<string> Claims => [.. Scripts.Keys];

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task The_simulated_journal_is_as_that_of_SQLite(string claim)
    {
        JournalScript script = new(Scripts[claim]);
        await using SqliteJournalLog real = new();
        Assert.Equal(await SimulatedAsync(script), await script.RunAsync(real));
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task The_simulated_journal_is_as_that_of_PostgreSQL(string claim)
    {
        JournalScript script = new(Scripts[claim]);
        await using PostgresJournalLog real = new(await ServiceStart.OrSkipAsync(PostgresServer.StartAsync));
        Assert.Equal(await SimulatedAsync(script), await script.RunAsync(real));
    }

    [Fact]
    public async Task A_script_tells_what_it_observes()
    {
        await using SimJournalLog simulated = new();
        List<string> observed = await new JournalScript(Scripts["a backup brings back what was pruned since"]).RunAsync(simulated);
        Assert.Equal(
            ["a takes: last 0", "a writes: to 3", "a takes: s@2 3=z last 3", "a writes: to 4", "b takes: s@2 3=z last 3", "b writes: to 4", "a takes: s@2 3=z 4=v last 4"], observed);
        await using SimJournalLog third = new();
        observed = await new JournalScript(Scripts["a former owner is refused where its successor has pruned"]).RunAsync(third);
        Assert.Equal(["a takes: last 0", "a writes: to 1", "b takes: 1=x last 1", "b writes: to 4", "a writes: refused", "c takes: s@4 last 4"], observed);
        await using SimJournalLog other = new();
        observed = await new JournalScript(Scripts["of two writers the first stays, and nothing of the other's batch is there"]).RunAsync(other);
        Assert.Equal(["a takes: last 0", "b takes: last 0", "a writes: to 1", "b writes: refused", "a writes: to 2", "c takes: 1=x 2=w last 2"], observed);
    }

    private static async Task<List<string>> SimulatedAsync(JournalScript script)
    {
        await using SimJournalLog simulated = new();
        return await script.RunAsync(simulated);
    }
}
