using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Lanes;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>Goal: one record that ends the process never stops a stream, and costs nothing but itself.</summary>
public sealed class PoisonTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(39)]
    public void A_record_that_ends_the_process_becomes_a_dead_letter_and_everything_else_stays_the_same(int killer)
    {
        ImmutableArray<string> lines = [.. Enumerable.Range(0, 40).Select(number => $"a{number},320{number % 3},{number},p")];
        MemoryWorld calm = new(lines.SetItem(killer, "broken"));
        LaneOptions options = new() { IsReplay = true, BatchRecords = 16 };
        LaneRules rules = LaneBuilders.Rules(0, 3);
        new InMemoryLane(calm, options, rules, null).Run();

        MemoryWorld poisoned = new(lines);
        LineDecoder decoder = new() { Killers = { $"a{killer}" } };
        int lives = 1;
        while (lives < 20 && !Lives(poisoned, options, rules, decoder))
            lives++;
        Assert.InRange(lives, 4, 12);
        Assert.Equal(calm.Published.Select(text => text.Replace("invalid-json", "poison", StringComparison.Ordinal)), poisoned.Published);
    }

    [Fact]
    public void Two_plain_attempts_come_before_a_batch_is_taken_in_parts()
    {
        MemoryWorld world = new(["a1,3201,1,p", "a2,3201,2,p"]);
        LaneOptions options = new() { IsReplay = true, BatchRecords = 2 };
        LineDecoder decoder = new() { Killers = { "a2" } };
        for (int life = 0; life < 3; life++)
            Assert.False(Lives(world, options, LaneBuilders.Rules(0), decoder));
        Assert.Equal(["0-0", "0-0", "0-0", "0-1", "1-2"], world.Rows.OfType<AttemptRow>().Select(row => $"{row.FirstRecord}-{row.LastRecord}"));
    }

    private static bool Lives(MemoryWorld world, LaneOptions options, LaneRules rules, LineDecoder decoder)
    {
        try
        {
            return new InMemoryLane(world, options, rules, null, decoder).Run();
        }
        catch (ProcessKilledException)
        {
            return false;
        }
    }
}
