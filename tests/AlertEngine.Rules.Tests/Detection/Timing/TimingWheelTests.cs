using AlertEngine.Rules.Detection.Timing;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Timing;

/// <summary>The wheel against a sorted list, over random operations at every scale of time.</summary>
public sealed class TimingWheelTests
{
    [Fact]
    public void What_is_due_at_the_very_instant_stays()
    {
        var wheel = new TimingWheel(Node.ByNumber);
        wheel.Schedule(new Node(1) { DueTicks = 1_000 });

        Assert.Null(wheel.PopDue(1_000));
        Assert.Equal(1, ((Node?)wheel.PopDue(1_001))?.Number);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void Nodes_of_one_instant_come_in_the_order_of_the_comparer()
    {
        var wheel = new TimingWheel(Node.ByNumber);
        foreach (int number in new[] { 3, 1, 2 })
            wheel.Schedule(new Node(number) { DueTicks = 36_000_000_000 });

        Assert.Equal([1, 2, 3], Drain(wheel, long.MaxValue).Select(node => node.Number));
    }

    [Fact]
    public void A_node_that_is_never_due_is_taken_out()
    {
        var wheel = new TimingWheel(Node.ByNumber);
        var node = new Node(1) { DueTicks = 50 };
        wheel.Schedule(node);
        node.DueTicks = TimerNode.NeverTicks;
        wheel.Schedule(node);

        Assert.False(node.IsScheduled);
        Assert.Equal(TimerNode.NeverTicks, wheel.NothingDueBeforeTicks);
    }

    [Fact]
    public void A_node_may_be_scheduled_before_the_instant_that_has_been_reached()
    {
        var wheel = new TimingWheel(Node.ByNumber);
        wheel.Schedule(new Node(1) { DueTicks = 1L << 40 });
        Assert.NotNull(wheel.PopDue(1L << 41));
        wheel.Schedule(new Node(2) { DueTicks = 7 });
        wheel.Schedule(new Node(3) { DueTicks = 5 });

        Assert.Equal([3, 2], Drain(wheel, 8).Select(node => node.Number));
    }

    [Fact]
    public void The_wheel_gives_what_a_sorted_list_gives()
    {
        for (int seed = 0; seed < 200; seed++)
            Compare(new Random(seed));
    }

    private static void Compare(Random random)
    {
        var wheel = new TimingWheel(Node.ByNumber);
        Node[] nodes = [.. Enumerable.Range(0, 50).Select(number => new Node(number))];
        var listed = new HashSet<Node>();
        long scale = 1L << random.Next(4, 61);
        long now = random.NextInt64(-scale, scale);
        for (int step = 0; step < 400; step++)
        {
            Node node = nodes[random.Next(nodes.Length)];
            switch (random.Next(5))
            {
                case 0:
                    now += random.NextInt64(scale / 4);
                    Assert.Equal(Due(listed, now), Drain(wheel, now));
                    break;
                case 1:
                    wheel.Cancel(node);
                    listed.Remove(node);
                    break;
                default:
                    node.DueTicks = now + random.NextInt64(-scale / 64, scale);
                    wheel.Schedule(node);
                    listed.Add(node);
                    break;
            }

            Assert.Equal(listed.Count, wheel.Count);
            Assert.True(wheel.NothingDueBeforeTicks <= (listed.Count == 0 ? TimerNode.NeverTicks : listed.Min(each => each.DueTicks)));
        }
    }

    private static List<Node> Due(HashSet<Node> listed, long before)
    {
        List<Node> due = [.. listed.Where(node => node.DueTicks < before).OrderBy(node => node.DueTicks).ThenBy(node => node.Number)];
        listed.ExceptWith(due);
        return due;
    }

    private static List<Node> Drain(TimingWheel wheel, long before)
    {
        List<Node> drained = [];
        while (wheel.PopDue(before) is Node node)
            drained.Add(node);
        return drained;
    }

    private sealed class Node(int number) : TimerNode
    {
        public int Number { get; } = number;

        public static IComparer<TimerNode> ByNumber { get; } =
            Comparer<TimerNode>.Create((one, other) => ((Node)one).Number.CompareTo(((Node)other).Number));
    }
}
