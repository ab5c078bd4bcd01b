using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: a halted lane goes on by a person's decision about that very halt, durably, and by nothing else. Method: journals put back and topics
/// created anew in memory, with and without a decision, with deaths at any instant.
/// </summary>
public sealed class ResumeTests
{
    private const string Rewound = "lane 0 has published up to output 6, its journal ends at 2: was it restored from an old backup?";
    private static readonly LaneOptions Options = new() { IsReplay = true, BatchRecords = 2, SnapshotBatches = 1_000 };
    private static readonly LaneRules Rules = LaneBuilders.Rules(0);

    [Fact]
    public void An_accepted_rewind_numbers_on_above_what_was_seen_and_sends_again_in_a_run_of_its_own()
    {
        MemoryWorld world = PutBack();
        Assert.Equal(new LaneCommand.Halt(Rewound, HaltCause.Rewind), Run(world, null));
        Assert.IsType<LaneCommand.Complete>(Run(world, new LaneConsent(HaltCause.Rewind, Rewound)));

        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8, 9, 10], world.Visible.Select(output => output.EmitSeq));
        // What came after the backup is derived again: the same messages, numbered by topic from 1.
        Assert.Equal(world.Visible.Skip(2).Take(4).Select(output => output.Output.Value.ToArray()), world.Visible.Skip(6).Select(output => output.Output.Value.ToArray()));
        Assert.Equal(1, world.Visible[6].TopicSeq);
        Assert.Equal((10L, "2"), (world.Position!.EmitSeq, world.Position.RunId));
        Assert.IsType<LaneCommand.Complete>(Run(world, null));
    }

    [Fact]
    public void A_decision_about_another_halt_decides_nothing()
    {
        MemoryWorld world = PutBack();
        Assert.IsType<LaneCommand.Halt>(Run(world, new LaneConsent(HaltCause.Rewind, Rewound.Replace("6", "5", StringComparison.Ordinal))));
        Assert.IsType<LaneCommand.Halt>(Run(world, new LaneConsent(HaltCause.Recreated, Rewound)));
    }

    [Fact]
    public void Deaths_after_the_decision_neither_lose_nor_repeat_anything()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            MemoryWorld world = PutBack();
            Random random = new(seed);
            InMemoryLane lane;
            int life = 0;
            do
                lane = new(world, Options with { Consent = new LaneConsent(HaltCause.Rewind, Rewound) }, Rules, random);
            while (!lane.Run(random.Next(5, 10 + (++life * 5))) && life < 100);
            Assert.IsType<LaneCommand.Complete>(lane.Last);
            Assert.True(world.Visible.Select(output => output.EmitSeq).SequenceEqual(Enumerable.Range(1, 10).Select(number => (long)number)), $"seed {seed}");
        }
    }

    [Fact]
    public void A_topic_created_anew_is_read_from_its_beginning_once_that_is_accepted_and_what_it_repeats_is_a_duplicate()
    {
        MemoryWorld world = new(["a1,3201,1,p", "a2,3201,2,p"]);
        LaneOptions live = Options with { IsReplay = false, BatchRecords = 8 };
        new InMemoryLane(world, live, Rules, null).Run(60);
        world.Descriptions = [world.Descriptions[0] with { TopicId = "2" }];
        const string reason = "lane 0 was journaled over other inputs: input-0/0 (1); now they are input-0/0 (2)";
        InMemoryLane halted = new(world, live, Rules, null);
        halted.Run(60);
        Assert.Equal(new LaneCommand.Halt(reason, HaltCause.Recreated), halted.Last);

        InMemoryLane resumed = new(world, live with { Consent = new LaneConsent(HaltCause.Recreated, reason) }, Rules, null);
        resumed.Run(80);
        Assert.Null(resumed.Last);
        Assert.Equal(2, world.Visible.Count);
        Assert.Contains(world.Rows, row => row is ResumeRow { Recreated: [0] });
        InMemoryLane next = new(world, live, Rules, null);
        next.Run(60);
        Assert.Null(next.Last);
    }

    [Fact]
    public void What_was_durable_and_not_published_goes_out_after_a_decision_about_an_input()
    {
        const string reason = "lane 0 was journaled over other inputs: input-0/0 (1); now they are input-0/0 (2)";
        LaneOptions live = Options with { IsReplay = false, BatchRecords = 8 };
        int unpublished = 0;
        for (int steps = 5; steps < 60; steps++)
        {
            MemoryWorld world = new(["a1,3201,1,p", "a2,3201,2,p"]);
            new InMemoryLane(world, live, Rules, null).Run(steps);
            int durable = world.Rows.OfType<BatchPart>().Sum(part => BatchCodec.Decode(part.Bytes).Outputs.Length);
            unpublished += durable > world.Visible.Count ? 1 : 0;
            world.Descriptions = [world.Descriptions[0] with { TopicId = "2" }];
            new InMemoryLane(world, live with { Consent = new LaneConsent(HaltCause.Recreated, reason) }, Rules, null).Run(80);
            Assert.Equal([1L, 2], world.Visible.Select(output => output.EmitSeq));
        }

        Assert.True(unpublished > 0, "the lane never died between its journal and its outputs");
    }

    [Fact]
    public void Another_list_of_inputs_is_nothing_to_decide_about()
    {
        MemoryWorld world = new(["a1,3201,1,p"]);
        new InMemoryLane(world, Options, Rules, null).Run();
        world.Descriptions = [world.Descriptions[0] with { Partition = 3 }];
        Assert.Equal(HaltCause.Damage, Assert.IsType<LaneCommand.Halt>(Run(world, null)).Cause);
    }

    [Fact]
    public void Another_number_of_partitions_halts_a_lane_and_no_decision_lets_it_go_on()
    {
        MemoryWorld world = new(["a1,3201,1,p"]);
        new InMemoryLane(world, Options, Rules, null).Run();
        world.Descriptions = [world.Descriptions[0] with { Partitions = 6 }];
        const string reason = "lane 0 was journaled over other numbers of partitions: input-0 had 1 and has 6";
        Assert.Equal(new LaneCommand.Halt(reason, HaltCause.Repartitioned), Run(world, null));
        Assert.IsType<LaneCommand.Halt>(Run(world, new LaneConsent(HaltCause.Repartitioned, reason)));
        Assert.StartsWith("create the topics anew with the former number of partitions ", LaneHalts.RemedyOf(HaltCause.Repartitioned, 0), StringComparison.Ordinal);
    }

    /// <summary>Six outputs were seen, then the journal was put back to the second.</summary>
    private static MemoryWorld PutBack()
    {
        MemoryWorld world = new(["a1,3201,1,p", "a2,3201,2,p", "a3,3201,30,p", "a4,3201,31,p"]);
        new InMemoryLane(world, Options, Rules, null).Run();
        world.LoseLastRow();
        world.LoseLastRow();
        return world;
    }

    private static LaneCommand? Run(MemoryWorld world, LaneConsent? consent)
    {
        InMemoryLane lane = new(world, Options with { Consent = consent }, Rules, null);
        lane.Run();
        return lane.Last;
    }
}
