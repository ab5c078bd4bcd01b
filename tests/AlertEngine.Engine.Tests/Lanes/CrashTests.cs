using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: whatever the process is doing when it dies, what readers see in the end is what an undisturbed run shows, in the same order, without
/// gap or repeat. Method: seeds choose inputs, sizes, the order of answers and the instants of death; an undisturbed run is the oracle.
/// </summary>
public sealed class CrashTests
{
    private const int Seeds = 2_000;

    [Fact]
    public void Deaths_at_any_instant_change_nothing_that_readers_see()
    {
        int blamed = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Random random = new(seed);
            MemoryWorld calm = World(new Random(seed));
            LaneRules rules = LaneBuilders.Rules(0, 3, 5);
            LaneOptions options = Options(new Random(seed));
            Assert.True(new InMemoryLane(calm, options, rules, null).Run(), $"seed {seed}: the undisturbed run does not end");

            MemoryWorld disturbed = World(new Random(seed));
            int lives = RunWithDeaths(disturbed, options, rules, random, null);
            if (HasPoison(disturbed))
            {
                // So many deaths without progress that a record was blamed for them: nobody can tell these from its own.
                blamed++;
                continue;
            }

            Assert.True(calm.Published.SequenceEqual(disturbed.Published), $"seed {seed}: after {lives} lives readers see {FirstDifference(calm, disturbed)}");
            AssertContiguous(disturbed, seed);
        }

        Assert.InRange(blamed, 0, Seeds / 200);
    }

    [Fact]
    public void Publications_of_unknown_outcome_and_aborted_ones_are_neither_lost_nor_repeated()
    {
        for (int seed = 0; seed < Seeds / 3; seed++)
        {
            Random random = new(seed);
            MemoryWorld calm = World(new Random(seed));
            LaneRules rules = LaneBuilders.Rules(0, 4);
            LaneOptions options = Options(new Random(seed));
            new InMemoryLane(calm, options, rules, null).Run();

            MemoryWorld disturbed = World(new Random(seed));
            RunWithDeaths(disturbed, options, rules, random, () => (PublishStatus)random.Next(3));
            Assert.True(calm.Published.SequenceEqual(disturbed.Published), $"seed {seed}: readers see something else");
        }
    }

    [Fact]
    public void Batches_only_group_the_steps()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            string[] one = PerDistrict(seed, 5);
            string[] other = PerDistrict(seed, 64);
            Assert.True(one.SequenceEqual(other), $"seed {seed}: what districts say depends on how the stream is cut");
        }
    }

    [Fact]
    public void The_tally_of_a_run_with_deaths_is_that_of_an_undisturbed_one()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            LaneTally calm = Tally(seed, null);
            LaneTally disturbed = Tally(seed, new Random(seed));
            Assert.Equal((calm.Events, calm.Accepted, calm.Duplicates), (disturbed.Events, disturbed.Accepted, disturbed.Duplicates));
            Assert.Equal(calm.DeadLetters, disturbed.DeadLetters);
            Assert.Equal(calm.Districts, disturbed.Districts);
            Assert.Equal(calm.Evaluation.Opened, disturbed.Evaluation.Opened);
        }
    }

    private static int RunWithDeaths(MemoryWorld world, LaneOptions options, LaneRules rules, Random random, Func<PublishStatus>? publishing)
    {
        for (int life = 1; life < 500; life++)
        {
            // Lives grow longer, so that every run ends, and before a record is blamed for deaths that are not its own.
            InMemoryLane lane = new(world, options, rules, random) { Publishing = publishing };
            if (lane.Run(random.Next(1, 20 + (life * 40))) && lane.Last is not LaneCommand.Restart)
            {
                Assert.IsType<LaneCommand.Complete>(lane.Last);
                return life;
            }
        }

        throw new InvalidOperationException("the lane makes no progress");
    }

    private static LaneTally Tally(int seed, Random? random)
    {
        MemoryWorld world = World(new Random(seed));
        for (int life = 1; ; life++)
        {
            InMemoryLane lane = new(world, Options(new Random(seed)), LaneBuilders.Rules(0, 5), random);
            lane.Run(random?.Next(20 + (life * 40)) ?? int.MaxValue);
            if (lane.Last is LaneCommand.Complete complete)
                return complete.Tally;
        }
    }

    private static string[] PerDistrict(int seed, int batchRecords)
    {
        MemoryWorld world = World(new Random(seed));
        new InMemoryLane(world, new LaneOptions { IsReplay = true, BatchRecords = batchRecords }, LaneBuilders.Rules(0, 3, 5), null).Run();
        return [.. world.Visible
            .Where(output => output.Output.Key.Length > 0)
            .OrderBy(output => output.Output.Key, StringComparer.Ordinal)
            .Select(output => System.Text.Encoding.UTF8.GetString(output.Output.Value.Span))];
    }

    /// <summary>Up to three inputs of events, and mostly one of commands.</summary>
    private static MemoryWorld World(Random random)
    {
        MemoryWorld world = new([.. Enumerable.Range(0, random.Next(2, 5)).Select(input => LaneBuilders.Lines(random, random.Next(0, 60), $"i{input}-"))]);
        return random.Next(4) == 0 ? world : world.With(world.Inputs.Length - 1, InputKind.Commands);
    }

    private static LaneOptions Options(Random random) => new()
    {
        IsReplay = true,
        BatchRecords = random.Next(1, 20),
        SliceRecords = random.Next(1, 8),
        PublishOutputs = random.Next(1, 10),
        RowBytes = random.Next(40, 2_000),
        SnapshotBatches = random.Next(1, 5),
        SnapshotJournalBytes = 1,
    };

    private static bool HasPoison(MemoryWorld world) => world.Published.Any(text => text.Contains("\"poison\"", StringComparison.Ordinal));

    private static string FirstDifference(MemoryWorld calm, MemoryWorld disturbed) =>
        calm.Published.Zip(disturbed.Published).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.Second} in place of {pair.First}").FirstOrDefault("more or fewer outputs");

    private static void AssertContiguous(MemoryWorld world, int seed)
    {
        long[] numbers = [.. world.Visible.Select(output => output.EmitSeq)];
        Assert.True(numbers.SequenceEqual(Enumerable.Range(1, numbers.Length).Select(number => (long)number)), $"seed {seed}: emit_seq is not contiguous");
        foreach (IGrouping<string, NumberedOutput> topic in world.Visible.GroupBy(output => output.Output.Topic))
            Assert.Equal(Enumerable.Range(1, topic.Count()).Select(number => (long)number), topic.Select(output => output.TopicSeq));
    }
}
