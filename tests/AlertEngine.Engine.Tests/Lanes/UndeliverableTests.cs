using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: an output that the broker refuses for good stops nothing, is told of, and its number is accounted for. Method: a lane in memory whose
/// broker refuses chosen outputs, with deaths at any instant.
/// </summary>
public sealed class UndeliverableTests
{
    private const long StartTicks = 100 * TimeSpan.TicksPerSecond;
    private static readonly LaneOptions Live = new() { BatchRecords = 4, SliceRecords = 3, PublishOutputs = 5, SnapshotBatches = 1, SnapshotJournalBytes = 1 };

    [Fact]
    public void A_refused_output_is_told_of_and_a_dead_letter_stands_for_it_and_the_rest_is_published()
    {
        MemoryWorld world = World();
        InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks, Refusing = Refusing("a2 ") };
        lane.Run(400);

        Assert.Equal(Enumerable.Range(1, 13).Where(number => number != 3).Select(number => (long)number), world.Visible.Select(output => output.EmitSeq));
        Assert.Equal(["output 3 of lane 0 is undeliverable: too large"], lane.Notices);
        JsonElement data = Letters(world).Single();
        Assert.Equal("""{"topic":"Alert","key":"3201","emitSeq":3,"topicSeq":3}""", data.GetProperty("output").GetRawText());
        Assert.Equal("too large", data.GetProperty("__alertengine").GetProperty("errors").GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(PublishStatus.Aborted)]
    [InlineData(PublishStatus.Unknown)]
    public void Deaths_at_any_instant_neither_lose_nor_repeat_anything_beside_it(PublishStatus status)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            MemoryWorld world = World();
            Random random = new(seed);
            for (int life = 1; life < 8; life++)
            {
                InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), random) { NowTicks = StartTicks, Refusing = Refusing("a2 ", "a11 "), RefusedStatus = status };
                Assert.False(lane.Run(random.Next(20 + (life * 30))), $"seed {seed}: {lane.Last}");
            }

            InMemoryLane last = new(world, Live, LaneBuilders.Rules(0), random) { NowTicks = StartTicks, Refusing = Refusing("a2 ", "a11 "), RefusedStatus = status };
            last.Run(800);
            last.Give(new LaneInput.Stop());
            last.Go(300);
            Assert.Equal(new LaneCommand.StopLane("stopped"), last.Last);
            IEnumerable<long> told = Letters(world).Select(letter => letter.GetProperty("output").GetProperty("emitSeq").GetInt64());
            Assert.True(
                world.Visible.Select(output => output.EmitSeq).Concat(told).Order().SequenceEqual(Enumerable.Range(1, 14).Select(number => (long)number)),
                $"seed {seed}: {string.Join(",", world.Visible.Select(output => output.EmitSeq))} and {string.Join(",", told)}");
        }
    }

    [Fact]
    public void What_somebody_may_yet_mend_is_tried_again_before_it_is_given_up()
    {
        int refusals = 0;
        MemoryWorld mended = World();
        InMemoryLane lane = new(mended, Live, LaneBuilders.Rules(0), null)
        {
            NowTicks = StartTicks, Refusing = outputs => refusals++ < 2 ? [new RefusedOutput(outputs[0].EmitSeq, "the topic is missing", false)] : [],
        };
        lane.Run(400);
        Assert.Equal((12, 0), (mended.Visible.Count, lane.Notices.Count));

        MemoryWorld given = World();
        InMemoryLane other = new(given, Live, LaneBuilders.Rules(0), null)
        {
            NowTicks = StartTicks, Refusing = outputs => [.. outputs.Where(output => output.EmitSeq == 1).Select(output => new RefusedOutput(1, "the topic is missing", false))],
        };
        other.Run(400);
        Assert.Equal((12, 1), (given.Visible.Count, other.Notices.Count));
    }

    [Fact]
    public void While_the_topic_of_dead_letters_refuses_the_lane_waits_and_nothing_is_lost()
    {
        MemoryWorld world = World("broken");
        bool isMended = false;
        InMemoryLane lane = new(world, Live, LaneBuilders.Rules(0), null, new LineDecoder { DeadLetterTopic = "alertengine.deadletters.v1" })
        {
            NowTicks = StartTicks,
            Refusing = outputs => isMended ? [] : [.. outputs.Where(output => output.Output.Kind == OutputKind.DeadLetter).Select(output => new RefusedOutput(output.EmitSeq, "no right", true))],
        };
        lane.Run(400);
        Assert.Empty(world.Visible);
        isMended = true;
        lane.Go(400);
        Assert.Equal(13, world.Visible.Count);
    }

    [Theory]
    [InlineData(PublishStatus.Aborted)]
    [InlineData(PublishStatus.Unknown)]
    public void A_lane_taken_over_meets_the_refusal_again_and_goes_on(PublishStatus status)
    {
        MemoryWorld world = World();
        // Dies with everything durable and nothing published.
        new InMemoryLane(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks, Publishing = () => PublishStatus.Aborted }.Run(60);
        Assert.Empty(world.Visible);
        InMemoryLane next = new(world, Live, LaneBuilders.Rules(0), null) { NowTicks = StartTicks, Refusing = Refusing("a0 "), RefusedStatus = status };
        next.Run(400);
        Assert.Equal(Enumerable.Range(2, 12).Select(number => (long)number), world.Visible.Select(output => output.EmitSeq));
    }

    private static MemoryWorld World(params string[] more) => new([.. more, .. Enumerable.Range(0, 12).Select(number => $"a{number},3201,1,p")]);

    private static Func<ImmutableArray<NumberedOutput>, ImmutableArray<RefusedOutput>> Refusing(params string[] said) =>
        outputs => [.. outputs.Where(output => output.Output.Kind == OutputKind.Alert && said.Any(Text(output).Contains)).Select(output => new RefusedOutput(output.EmitSeq, "too large", true))];

    private static IEnumerable<JsonElement> Letters(MemoryWorld world) =>
        world.Visible.Where(output => output.Output.Kind == OutputKind.DeadLetter).Select(output => JsonElement.Parse(Text(output)).GetProperty("data"));

    private static string Text(NumberedOutput output) => Encoding.UTF8.GetString(output.Output.Value.Span);
}
