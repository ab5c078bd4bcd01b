using System.Collections.Immutable;
using System.Threading.Channels;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Ownership;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: every lane has one owner. Method: members of one group on a real broker, with a runner that only remembers.</summary>
public sealed class GroupOwnershipTests(KafkaBroker broker) : KafkaTests(broker)
{
    private const int Lanes = Partitions + 1;

    [Fact]
    public async Task A_second_member_takes_some_of_the_lanes_and_no_lane_has_two_owners()
    {
        using var clients = Clients();
        await CreateTopicAsync(clients, TopicNames.Lanes, Lanes, isCompacted: true);
        var first = new Runner();
        await using var one = new GroupOwnership(clients, "one");
        one.Start(first);
        await first.UntilAsync(lanes => lanes.Count == Lanes);

        var second = new Runner();
        await using var two = new GroupOwnership(clients, "two");
        two.Start(second);
        await second.UntilAsync(lanes => lanes.Count == 2);
        await first.UntilAsync(lanes => lanes.Count == 3);

        Assert.Equal(Enumerable.Range(0, Lanes), first.Owned.Concat(second.Owned).Order());
        Assert.Empty(first.LostLanes);
    }

    [Fact]
    public async Task A_member_that_returns_under_its_name_takes_its_lanes_at_once()
    {
        using var clients = Clients();
        await CreateTopicAsync(clients, TopicNames.Lanes, Lanes, isCompacted: true);
        var before = new Runner();
        await using (var former = new GroupOwnership(clients, "station"))
        {
            former.Start(before);
            await before.UntilAsync(lanes => lanes.Count == Lanes);
        }

        var after = new Runner();
        await using var returned = new GroupOwnership(clients, "station");
        returned.Start(after);
        await after.UntilAsync(lanes => lanes.Count == Lanes);
        Assert.Empty(before.Owned);
    }

    [Fact]
    public async Task Without_a_group_all_lanes_are_ours()
    {
        var runner = new Runner();
        await using var ownership = new SoleOwnership(3);
        ownership.Start(runner);
        Assert.Equal([0, 1, 2], runner.Owned);
    }

    [Fact]
    public async Task The_newest_heartbeat_of_each_lane_is_read_back()
    {
        using var clients = Clients();
        await CreateTopicAsync(clients, TopicNames.Lanes, Lanes, isCompacted: true);
        using var board = new LaneHeartbeats(clients);
        for (int batch = 1; batch <= 3; batch++)
            board.Write(new LaneHeartbeat { Lane = 2, Lanes = 4, Owner = "station", State = "running", Batch = batch, At = "2026-07-01T00:00:00Z", Frontier = ImmutableSortedDictionary<string, long>.Empty.Add("in", batch) });

        // Heartbeats are sent without waiting: they may be seen a little later.
        LaneHeartbeat? heartbeat = null;
        for (int look = 0; look < 300 && heartbeat is not { Batch: 3 }; look++)
            heartbeat = (await LaneHeartbeats.ReadAsync(clients, Cancellation)).SingleOrDefault(shown => shown.Lane == 2);
        Assert.NotNull(heartbeat);
        Assert.Equal(("station", "running", 3L, 3L), (heartbeat.Owner, heartbeat.State, heartbeat.Batch, heartbeat.Frontier["in"]));
    }

    private sealed class Runner : ILaneRunner
    {
        private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
        private ImmutableSortedSet<int> _owned = [];

        public ImmutableSortedSet<int> Owned => _owned;

        public ImmutableArray<int> LostLanes { get; private set; } = [];

        public void Assigned(ImmutableArray<int> lanes) => Change(_owned.Union(lanes));

        public Task RevokedAsync(ImmutableArray<int> lanes)
        {
            Change(_owned.Except(lanes));
            return Task.CompletedTask;
        }

        public void Lost(ImmutableArray<int> lanes)
        {
            LostLanes = lanes;
            Change(_owned.Except(lanes));
        }

        public void Failed(string reason) => _changes.Writer.Complete(new InvalidOperationException(reason));

        public async Task UntilAsync(Func<ImmutableSortedSet<int>, bool> isReached)
        {
            while (!isReached(_owned))
                await _changes.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(Patience.Span, Cancellation);
        }

        private void Change(ImmutableSortedSet<int> owned)
        {
            _owned = owned;
            _changes.Writer.TryWrite(true);
        }
    }
}
