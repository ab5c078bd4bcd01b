using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: what belongs to another lane gets there once, remembered and claimed there alone, and a lane that catches up is not late for others.
/// Method: one lane in memory whose neighbours are its outputs, or records with their headers.
/// </summary>
public sealed class ForwardTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long StartTicks = 100 * Second;
    private static readonly LaneOptions Live = new()
    {
        BatchRecords = 8, SliceRecords = 3, PublishOutputs = 5, SnapshotBatches = 2, SnapshotJournalBytes = 1, RowBytes = 300, LaneOf = district => district == "3201" ? 0 : 1,
    };

    [Fact]
    public void An_event_of_another_lane_is_sent_there_with_our_time_and_nobody_claims_it_here()
    {
        MemoryWorld world = new(["a1,3201,50,p", "b1,3202,51,p", "b1,3202,51,p", "a2,3201,52,p"]);
        List<DedupQuestion> asked = [];
        InMemoryLane lane = new(world, Live with { AsksDedup = true }, LaneBuilders.Rules(0), null)
        {
            NowTicks = StartTicks,
            Asking = questions =>
            {
                asked.AddRange(questions);
                return [.. questions.Select(_ => DedupAnswer.Ours)];
            },
        };
        lane.Run(80);

        // Sent twice, because only its own lane may say that it is a duplicate.
        Assert.Equal(["b1,3202,51,p to 3202 at 51", "b1,3202,51,p to 3202 at 51"], world.Visible.Where(IsForwarded).Select(Shown));
        Assert.Equal([0L, 3L], asked.Select(question => question.At.Offset));
        Assert.DoesNotContain(lane.Evaluated, batch => batch.District == "3202");
    }

    [Fact]
    public void A_command_of_another_lane_goes_there_through_its_own_topic()
    {
        MemoryWorld world = new MemoryWorld([], ["c1,3202,50,p"]).With(1, InputKind.Feedback);
        new InMemoryLane(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks }.Run(60);
        Assert.Equal(("input-1", "3202"), (world.Visible.Single().Output.Topic, world.Visible.Single().Output.Key));
    }

    [Fact]
    public void What_was_sent_here_for_its_district_is_not_sent_in_a_circle()
    {
        MemoryWorld world = new MemoryWorld(["b1,3202,51,p"]).With(0, InputKind.Lanes);
        new InMemoryLane(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks }.Run(60);
        Assert.Contains("\"code\":\"misrouted\"", Encoding.UTF8.GetString(world.Visible.Single().Output.Value.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Deaths_at_any_instant_change_nothing_that_other_lanes_get()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            string[] calm = Said(seed, deaths: false), disturbed = Said(seed, deaths: true);
            Assert.True(calm.SequenceEqual(disturbed), $"seed {seed}");
        }
    }

    [Fact]
    public void The_least_watermark_of_the_sending_lanes_holds_the_front()
    {
        MemoryWorld world = Received((2, 20), (1, 40), (2, 50), (1, 60));
        InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        lane.Run(60);
        Assert.Equal([20L, 20, 40, 50], lane.Evaluated.SelectMany(batch => batch.Steps).Where(step => step.Event is not null).Select(step => step.FrontTicks / Second));
    }

    [Fact]
    public void A_sender_that_was_silent_for_long_no_longer_holds_the_front_and_its_mark_outlives_a_restart()
    {
        MemoryWorld world = Received((2, 20), (1, 60));
        new InMemoryLane(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks }.Run(60);
        InMemoryLane again = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        again.Run(60);
        again.Give(new LaneInput.Tick(StartTicks + (10 * Second)));
        again.Go(20);
        Assert.Empty(again.Evaluated);

        // The timer of the first event, seven seconds later, fires once lane 2 is left out.
        again.NowTicks = StartTicks + (200 * Second);
        again.Give(new LaneInput.Tick(again.NowTicks));
        again.Go(40);
        Assert.Contains(world.Published, text => text.Contains("timer of r0", StringComparison.Ordinal));
    }

    [Fact]
    public void What_another_engines_lane_wrote_for_its_own_lanes_is_read_past_and_changes_nothing()
    {
        MemoryWorld world = Received((2, 20), (1, 40), (2, 50));
        (world.Apps[(0, 0)], world.Apps[(0, 1)]) = ("south", "north");
        InMemoryLane lane = new(world, Live with { App = "north" }, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        lane.Run(60);
        // The third says no engine, as the re-keyer of an older release would.
        Assert.Equal(["r1", "r2"], lane.Evaluated.SelectMany(batch => batch.Steps).Where(step => step.Event is not null).Select(step => step.Event!.Id));

        InMemoryLane again = new(world, Live with { App = "north" }, LaneBuilders.Rules(0), null) { NowTicks = StartTicks };
        again.Run(60);
        Assert.DoesNotContain(again.Evaluated.SelectMany(batch => batch.Steps), step => step.Event is not null);
    }

    private static MemoryWorld Received(params (int Lane, int Seconds)[] records)
    {
        MemoryWorld world = new MemoryWorld([.. records.Select((record, number) => $"r{number},3201,30,p")]).With(0, InputKind.Lanes);
        for (int line = 0; line < records.Length; line++)
            world.Senders[(0, line)] = (records[line].Lane, records[line].Seconds * Second);
        return world;
    }

    private static string[] Said(int seed, bool deaths)
    {
        MemoryWorld world = new(LaneBuilders.Lines(new Random(seed), 60, "a"));
        Random random = new(seed);
        for (int life = 1; deaths && life < 8; life++)
            new InMemoryLane(world, Live, LaneBuilders.Rules(0, 3), random) { NowTicks = StartTicks }.Run(random.Next(20 + (life * 30)));
        InMemoryLane last = new(world, Live, LaneBuilders.Rules(0, 3), deaths ? random : null) { NowTicks = StartTicks };
        last.Run(1_500);
        last.Give(new LaneInput.Stop());
        last.Go(300);
        return [.. world.Visible.Where(IsForwarded).Select(output => Encoding.UTF8.GetString(output.Output.Value.Span))];
    }

    private static bool IsForwarded(NumberedOutput output) => output.Output is { Kind: OutputKind.Rekeyed, Topic: LaneTopics.Rekeyed };

    private static string Shown(NumberedOutput output) =>
        $"{Encoding.UTF8.GetString(output.Output.Value.Span)} to {output.Output.Key} at {output.Output.Transit!.Value.WatermarkTicks / Second}";
}
