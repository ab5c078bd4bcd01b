using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>Goal: a lane is taken in the one right order, and what must not go on does not.</summary>
public sealed class TakeOverTests
{
    private static readonly LaneOptions Options = new() { IsReplay = true, BatchRecords = 2, SnapshotBatches = 1_000 };
    private static readonly LaneRules Rules = LaneBuilders.Rules(0);

    [Fact]
    public void The_order_is_fence_recover_position_tail_publish_seek_count_fetch()
    {
        MemoryWorld world = WorldWithUnpublished();
        LaneProtocol protocol = new(Options, Rules, new LineDecoder(), new MemoryWindow(), world.Descriptions);
        Assert.IsType<LaneCommand.InitTransactions>(Only(protocol.Handle(new LaneInput.Started(0))));
        Assert.IsType<LaneCommand.RecoverJournal>(Only(protocol.Handle(new LaneInput.TransactionsInitialised())));
        IReadOnlyList<LaneCommand> last = [];
        foreach (LaneInput input in world.Recover())
            last = protocol.Handle(input);
        Assert.IsType<LaneCommand.ReadPosition>(Only(last));
        Assert.IsType<LaneCommand.ReadTail>(Only(protocol.Handle(new LaneInput.PositionRead(null))));
        LaneCommand.Publish publish = Assert.IsType<LaneCommand.Publish>(Only(protocol.Handle(new LaneInput.TailRead(new OutputTail([1], [])))));
        Assert.Equal([2L], publish.Outputs.Select(output => output.EmitSeq));
        LaneCommand.Seek seek = Assert.IsType<LaneCommand.Seek>(Only(protocol.Handle(new LaneInput.PublishEnded(new PublishOutcome(PublishStatus.Committed, [], "")))));
        Assert.Equal([2L], seek.Offsets);
        LaneCommand.Persist count = Assert.IsType<LaneCommand.Persist>(Only(protocol.Handle(new LaneInput.Sought())));
        Assert.Equal(2, Assert.IsType<AttemptRow>(count.Rows[0]).Sequence);
        Assert.IsType<LaneCommand.Fetch>(Only(protocol.Handle(new LaneInput.Persisted(9))));
    }

    [Fact]
    public void A_new_lane_begins_at_the_earliest_record()
    {
        MemoryWorld world = new(["a1,3201,1,p"]);
        LaneProtocol protocol = new(Options, Rules, new LineDecoder(), new MemoryWindow(), world.Descriptions);
        protocol.Handle(new LaneInput.Started(0));
        protocol.Handle(new LaneInput.TransactionsInitialised());
        protocol.Handle(new LaneInput.JournalRecovered(0));
        protocol.Handle(new LaneInput.PositionRead(null));
        LaneCommand.Seek seek = Assert.IsType<LaneCommand.Seek>(Only(protocol.Handle(new LaneInput.TailRead(new OutputTail([], [])))));
        Assert.Equal([IInputPort.Earliest], seek.Offsets);
    }

    [Fact]
    public void A_journal_behind_what_was_published_halts_the_lane()
    {
        MemoryWorld world = Finished();
        world.LoseLastRow();
        world.LoseLastRow();
        Assert.Equal("lane 0 has published up to output 6, its journal ends at 2: was it restored from an old backup?", HaltOf(world));
    }

    [Fact]
    public void Outputs_that_the_journal_no_longer_holds_and_nobody_can_see_halt_the_lane()
    {
        MemoryWorld world = new([.. Enumerable.Range(0, 30).Select(number => $"a{number},3201,{number},p")]);
        LaneOptions snapshots = Options with { SnapshotBatches = 1, SnapshotJournalBytes = 1 };
        new InMemoryLane(world, snapshots, Rules, null).Run();
        Assert.NotNull(world.Snapshot);
        MemoryWorld robbed = world.WithoutOutputs();
        Assert.StartsWith("lane 0 has published up to output 0, its journal begins behind ", HaltOf(robbed), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_visible_twice_halts_the_lane()
    {
        MemoryWorld world = WorldWithUnpublished();
        LaneProtocol protocol = UpToTail(world);
        LaneCommand.Halt halt = Assert.IsType<LaneCommand.Halt>(Only(protocol.Handle(new LaneInput.TailRead(new OutputTail([1, 1], [])))));
        Assert.Equal("lane 0 has published an output twice: its outputs are not written by it alone", halt.Reason);
    }

    [Fact]
    public void A_recreated_topic_halts_the_lane()
    {
        MemoryWorld world = Finished();
        world.Descriptions = [world.Descriptions[0] with { TopicId = "2" }];
        Assert.Equal("lane 0 was journaled over other inputs: input-0/0 (1); now they are input-0/0 (2)", HaltOf(world));
    }

    [Fact]
    public void A_batch_that_does_not_follow_the_one_before_halts_the_lane()
    {
        MemoryWorld world = Finished();
        LaneRow[] rows = [.. world.Rows];
        LaneProtocol protocol = new(Options, Rules, new LineDecoder(), new MemoryWindow(), world.Descriptions);
        protocol.Handle(new LaneInput.Started(0));
        protocol.Handle(new LaneInput.TransactionsInitialised());
        protocol.Handle(new LaneInput.RowRecovered(rows[0], 1));
        LaneCommand.Halt halt = Assert.IsType<LaneCommand.Halt>(Only(protocol.Handle(new LaneInput.RowRecovered(rows[2], 2))));
        Assert.Equal(
            "the journal of lane 0 cannot be read: batch 2 follows batch 1 and output 2, but the journal is at batch 0 and output 0: a gap or a fork",
            halt.Reason);
        Assert.Empty(protocol.Handle(new LaneInput.JournalRecovered(0)));
    }

    [Fact]
    public void Rows_that_went_away_while_they_were_read_are_looked_for_again_before_a_person_is_called()
    {
        LaneRow[] rows = [.. Finished().Rows];
        LaneCommand.Restart first = Assert.IsType<LaneCommand.Restart>(Only(Recover(rows, suspicion: null)));
        Assert.Equal(new LaneCommand.Restart("the journal of lane 0 cannot be read: row 3 follows row 1: a gap", IsSuspicion: true), first);
        Assert.Equal(new LaneCommand.Halt(first.Reason), Only(Recover(rows, first.SuspicionAfter(null))));
    }

    [Fact]
    public void What_another_owner_changed_between_two_looks_calls_nobody()
    {
        LaneRow[] rows = [.. Finished().Rows];
        const string Former = "lane 0 has published up to output 19, its journal ends at 11: was it restored from an old backup?";
        LaneCommand.Restart again = Assert.IsType<LaneCommand.Restart>(Only(Recover(rows, Former)));
        Assert.Equal("the journal of lane 0 cannot be read: row 3 follows row 1: a gap", again.SuspicionAfter(Former));
        Assert.Equal(Former, new LaneCommand.Restart("reading the journal failed").SuspicionAfter(Former));
    }

    [Fact]
    public void Rows_that_are_missing_at_the_end_are_seen()
    {
        LaneProtocol protocol = Recovering(new LaneOptions(), "the journal of lane 0 cannot be read: the last row is 5, but it ends behind row 1: rows are missing");
        protocol.Handle(new LaneInput.RowRecovered(Finished().Rows[0], 1));
        Assert.Equal(
            new LaneCommand.Halt("the journal of lane 0 cannot be read: the last row is 5, but it ends behind row 1: rows are missing"),
            Only(protocol.Handle(new LaneInput.JournalRecovered(5))));
    }

    [Fact]
    public void A_chain_that_was_cut_off_is_dropped()
    {
        MemoryWorld world = new(["a1,3201,1,p", "a2,3201,2,p"]);
        world.Write([new BatchPart(1, 0, 2, new byte[] { 1 })]);
        Assert.True(new InMemoryLane(world, Options, Rules, null).Run());
        Assert.Equal(2, world.Visible.Count);
    }

    [Fact]
    public void A_fenced_lane_stops_and_never_initialises_again()
    {
        MemoryWorld world = new(["a1,3201,1,p"]);
        InMemoryLane lane = new(world, Options, Rules, null) { Publishing = () => PublishStatus.Fenced };
        lane.Run();
        Assert.Equal(new LaneCommand.StopLane("lane 0 was fenced: another owner has it. "), lane.Last);
        Assert.Empty(lane.Protocol.Handle(new LaneInput.TransactionsInitialised()));
    }

    [Fact]
    public void A_write_of_unknown_outcome_is_never_retried_in_memory()
    {
        LaneProtocol protocol = LiveLaneTests.Recovered(Options, Rules, new MemoryWorld(["a1,3201,1,p"]).Descriptions);
        LaneCommand.Restart restart = Assert.IsType<LaneCommand.Restart>(Only(protocol.Handle(new LaneInput.PersistFailed("time-out"))));
        Assert.Equal("a write of the journal failed, nobody knows whether it is there: time-out", restart.Reason);
    }

    private static IReadOnlyList<LaneCommand> Recover(LaneRow[] rows, string? suspicion)
    {
        LaneProtocol protocol = Recovering(new LaneOptions(), suspicion);
        protocol.Handle(new LaneInput.RowRecovered(rows[0], 1));
        return protocol.Handle(new LaneInput.RowRecovered(rows[2], 3));
    }

    private static LaneProtocol Recovering(LaneOptions options, string? suspicion)
    {
        LaneProtocol protocol = new(options, Rules, new LineDecoder(), new MemoryWindow(), Finished().Descriptions);
        protocol.Handle(new LaneInput.Started(0, suspicion));
        protocol.Handle(new LaneInput.TransactionsInitialised());
        return protocol;
    }

    private static MemoryWorld Finished()
    {
        MemoryWorld world = new(["a1,3201,1,p", "a2,3201,2,p", "a3,3201,30,p", "a4,3201,31,p"]);
        new InMemoryLane(world, Options, Rules, null).Run();
        return world;
    }

    /// <summary>The first batch is durable, its two outputs are not published.</summary>
    private static MemoryWorld WorldWithUnpublished()
    {
        MemoryWorld world = Finished();
        while (world.Rows.OfType<BatchPart>().Count() > 1)
            world.LoseLastRow();
        return world.WithoutOutputs();
    }

    private static LaneProtocol UpToTail(MemoryWorld world)
    {
        LaneProtocol protocol = new(Options, Rules, new LineDecoder(), new MemoryWindow(), world.Descriptions);
        protocol.Handle(new LaneInput.Started(0));
        protocol.Handle(new LaneInput.TransactionsInitialised());
        foreach (LaneInput input in world.Recover())
            protocol.Handle(input);
        protocol.Handle(new LaneInput.PositionRead(null));
        return protocol;
    }

    private static string HaltOf(MemoryWorld world)
    {
        InMemoryLane lane = new(world, Options, Rules, null);
        lane.Run();
        return Assert.IsType<LaneCommand.Halt>(lane.Last).Reason;
    }

    private static LaneCommand Only(IReadOnlyList<LaneCommand> commands) => Assert.Single(commands);
}
