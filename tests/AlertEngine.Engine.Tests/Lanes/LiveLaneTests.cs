using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>Goal: a lane without an end keeps the same promises, and time goes on for it when nothing comes.</summary>
public sealed class LiveLaneTests
{
    private const long StartTicks = 100 * TimeSpan.TicksPerSecond;
    private const long LaterTicks = 1_000 * TimeSpan.TicksPerSecond;
    private static readonly LaneOptions Live = new() { BatchRecords = 8, SliceRecords = 3, PublishOutputs = 5, SnapshotBatches = 2, SnapshotJournalBytes = 1, RowBytes = 300 };

    [Fact]
    public void Deaths_of_a_live_lane_change_nothing_that_a_district_says()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            MemoryWorld calm = new(LaneBuilders.Lines(new Random(seed), 60, "a"));
            Finish(calm, null);
            MemoryWorld disturbed = new(LaneBuilders.Lines(new Random(seed), 60, "a"));
            Random random = new(seed);
            for (int life = 1; life < 8; life++)
                new InMemoryLane(disturbed, Live, LaneBuilders.Rules(0, 3), random) { NowTicks = StartTicks }.Run(random.Next(20 + (life * 30)));
            Finish(disturbed, random);
            Assert.Equal(PerDistrict(calm), PerDistrict(disturbed));
            Assert.True(disturbed.Visible.Select(output => output.EmitSeq).SequenceEqual(Enumerable.Range(1, disturbed.Visible.Count).Select(number => (long)number)), $"seed {seed}: a gap");
        }
    }

    [Fact]
    public void Timers_fire_on_a_silent_stream()
    {
        MemoryWorld world = new(["a1,3201,50,p"]);
        InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        lane.Run(60);
        Assert.Equal(["a1 class 0"], Said(world));
        lane.NowTicks = LaterTicks;
        lane.Give(new LaneInput.Tick(LaterTicks));
        lane.Go(20);
        Assert.Equal(["a1 class 0", "timer of a1"], Said(world));
    }

    [Fact]
    public void A_lane_that_was_restarted_again_and_again_on_a_silent_stream_still_fires_its_timers()
    {
        MemoryWorld world = new(["a1,3201,50,p"]);
        for (int life = 0; life < 4; life++)
            new InMemoryLane(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks }.Run(60);
        InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        lane.Run(30);
        lane.NowTicks = LaterTicks;
        lane.Give(new LaneInput.Tick(LaterTicks));
        lane.Go(60);
        Assert.Equal(["a1 class 0", "timer of a1"], Said(world));
    }

    [Fact]
    public void The_end_of_an_input_behind_its_last_transaction_is_journaled_once_it_has_been_silent_for_long()
    {
        MemoryWorld world = new(["a1,3201,50,p", "a2,3201,51,p"]);
        LaneOptions options = Live with { SnapshotBatches = 1_000, RowBytes = 4_096 };
        InMemoryLane lane = new(world, options, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        lane.Run(60);
        world.ControlRecords = 3;
        lane.Go(20);
        Assert.Equal(2, ReadTo(world));
        // The batch of the timers takes it along.
        lane.NowTicks = LaterTicks;
        lane.Give(new LaneInput.Tick(LaterTicks));
        lane.Go(20);
        Assert.Equal(5, ReadTo(world));
        world.ControlRecords = 7;
        lane.Go(20);
        Assert.Equal(9, ReadTo(world));
        long rows = world.LastRow;
        lane.Go(20);
        Assert.Equal(rows, world.LastRow);
        new InMemoryLane(world, options, LaneBuilders.Rules(0), null) { NowTicks = LaterTicks }.Run(60);
        Assert.Equal(9, ReadTo(world));
    }

    [Fact]
    public void Time_that_a_lane_spends_behind_does_not_count_as_idle()
    {
        MemoryWorld world = new(["a1,3201,50,p", "a2,3201,51,p"]);
        LaneProtocol protocol = Recovered(Live, LaneBuilders.Rules(0), world.Descriptions);
        protocol.Handle(new LaneInput.RecordsFetched(world.Fetch([0], 1, [0]), StartTicks));
        protocol.Handle(new LaneInput.NextTaken());
        Assert.DoesNotContain(protocol.Handle(new LaneInput.Tick(LaterTicks)), command => command is LaneCommand.Evaluate);
    }

    [Fact]
    public void What_another_lane_saw_first_is_a_duplicate_and_our_own_coordinate_is_not()
    {
        MemoryWorld world = new(["a1,3201,50,p", "a2,3201,51,p", "a3,3201,52,p"]);
        InMemoryLane lane = new(world, Live with { AsksDedup = true }, LaneBuilders.Rules(0), null)
        {
            NowTicks = StartTicks,
            Asking = questions => [.. questions.Select(question => question.At.Offset == 1 ? DedupAnswer.Theirs : DedupAnswer.Ours)],
        };
        lane.Run(60);
        Assert.Equal(["a1 class 0", "a3 class 0"], Said(world));
    }

    [Fact]
    public void A_copy_that_is_dropped_as_another_s_does_not_hide_the_one_that_the_shared_memory_knows_as_the_first()
    {
        // After a crash the lane reads its inputs in another order than the one in which it had asked.
        MemoryWorld world = new(["a1,3201,50,p"], ["a1,3201,50,p"]);
        InMemoryLane lane = new(world, Live with { AsksDedup = true }, LaneBuilders.Rules(0), null)
        {
            NowTicks = StartTicks,
            Asking = questions => [.. questions.Select(question => question.At.Input == 0 ? DedupAnswer.Theirs : DedupAnswer.Ours)],
        };
        lane.Run(80);
        Assert.Equal(["a1 class 0"], Said(world));
    }

    [Fact]
    public void Without_the_shared_memory_the_window_decides_or_the_input_waits_as_the_policy_says()
    {
        MemoryWorld local = new(["a1,3201,50,p"]);
        new InMemoryLane(local, Live with { AsksDedup = true }, LaneBuilders.Rules(0), null) { NowTicks = StartTicks, Asking = _ => [DedupAnswer.Unavailable] }.Run(60);
        Assert.Equal(["a1 class 0"], Said(local));

        MemoryWorld paused = new(["a1,3201,50,p"]);
        DedupAnswer answer = DedupAnswer.Unavailable;
        InMemoryLane lane = new(paused, Live with { AsksDedup = true, PausesWithoutDedup = true }, LaneBuilders.Rules(0), null) { NowTicks = StartTicks, Asking = _ => [answer] };
        lane.Run(60);
        Assert.Empty(Said(paused));
        answer = DedupAnswer.Ours;
        lane.Give(new LaneInput.Tick(StartTicks));
        lane.Go(40);
        Assert.Equal(["a1 class 0"], Said(paused));
    }

    [Fact]
    public void Commands_are_read_to_their_end_before_people_s_time_goes_on()
    {
        MemoryWorld world = new MemoryWorld(["a1,3201,50,p"], ["c1,3201,40,p"]).With(1, InputKind.Commands);
        Finish(world, null);
        InMemoryLane again = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = 5 * LaterTicks };
        LaneCommand.Fetch? first = null;
        LaneProtocol protocol = again.Protocol;
        again.Run(5);
        Assert.Equal(LanePhase.Marking, protocol.Phase);
        first = protocol.Handle(new LaneInput.Persisted(world.LastRow)).OfType<LaneCommand.Fetch>().Single();
        Assert.Equal([1], first.Wanted);
    }

    [Fact]
    public void A_command_reaches_its_district_at_once_and_one_that_cannot_be_read_is_a_dead_letter()
    {
        MemoryWorld world = new MemoryWorld(["a1,3201,50,p"], ["c1,3201,40,p", "c2", "c1,3201,40,p"]).With(1, InputKind.Feedback);
        InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        lane.Run(80);
        // The window is not asked: that an id comes again is the district's to say.
        Assert.Equal(["command c1", "command c1", "a1 class 0"], world.Visible.Where(output => output.Output.Kind != OutputKind.DeadLetter).Select(What));
        Assert.Equal("deadletters", world.Visible[0].Output.Topic);
    }

    [Fact]
    public void A_publish_backlog_pauses_events_and_never_commands()
    {
        MemoryWorld world = new MemoryWorld(["a1,3201,50,p", "a2,3201,51,p"], []).With(1, InputKind.Commands);
        InMemoryLane lane = new(world, Live with { BacklogOutputs = 1 }, LaneBuilders.Rules(0), null) { NowTicks = StartTicks, Publishing = () => PublishStatus.Aborted };
        lane.Run(400);
        Assert.Empty(world.Visible);
        Assert.Equal([1], lane.LastWanted);
    }

    private static void Finish(MemoryWorld world, Random? random)
    {
        InMemoryLane last = new(world, Live, LaneBuilders.Rules(0, 3), random) { NowTicks = StartTicks };
        last.Run(800);
        last.NowTicks = LaterTicks;
        last.Give(new LaneInput.Tick(LaterTicks));
        last.Go(300);
        last.Give(new LaneInput.Stop());
        last.Go(300);
        Assert.Equal(new LaneCommand.StopLane("stopped"), last.Last);
    }

    internal static LaneProtocol Recovered(LaneOptions options, LaneRules rules, ImmutableArray<InputDescription> inputs)
    {
        LaneProtocol protocol = new(options, rules, new LineDecoder(), new MemoryWindow(), inputs);
        protocol.Handle(new LaneInput.Started(StartTicks));
        protocol.Handle(new LaneInput.TransactionsInitialised());
        protocol.Handle(new LaneInput.JournalRecovered(0));
        protocol.Handle(new LaneInput.PositionRead(null));
        protocol.Handle(new LaneInput.TailRead(new OutputTail([], [])));
        protocol.Handle(new LaneInput.Sought());
        protocol.Handle(new LaneInput.Persisted(1));
        return protocol;
    }

    private static long ReadTo(MemoryWorld world) => BatchCodec.Decode(world.Rows.OfType<BatchPart>().Last().Bytes).Inputs[0].ReadOffset;

    private static string[] PerDistrict(MemoryWorld world) =>
    [
        .. world.Visible.Where(output => output.Output.Key.Length > 0).OrderBy(output => output.Output.Key, StringComparer.Ordinal)
            .Select(output => Encoding.UTF8.GetString(output.Output.Value.Span)),
    ];

    private static string[] Said(MemoryWorld world) =>
        [.. world.Visible.Select(What)];

    private static string What(NumberedOutput output) => Encoding.UTF8.GetString(output.Output.Value.Span).Split("\"what\":\"")[1].Split('"')[0];
}
