using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Engines;

/// <summary>
/// Reads position and tail as the connector does: the ends are taken as read_uncommitted sees them, and the reader waits until the transactions
/// that hide what lies before them have ended.
/// </summary>
internal sealed class SimTailReader(SimLane lane, SimWorld world)
{
    private const long RequestTicks = 10 * TimeSpan.TicksPerSecond;
    private const long PollTicks = 50 * TimeSpan.TicksPerMillisecond;
    private const long WaitTicks = 60 * TimeSpan.TicksPerSecond;

    public void ReadPosition()
    {
        SimPartition partition = world.Kafka.Partition(SimTopics.Positions, lane.Lane);
        Ask(() => partition.End, end => WhenStable([(partition, end)], WaitTicks, () => lane.Give(new LaneInput.PositionRead(Newest(partition, end)))));
    }

    public void ReadTail(PublishPosition? position, Action<OutputTail> seen)
    {
        bool waits = world.Bug != PlantedBug.TailCheckToTheLastStableOffset;
        Ask(() => world.Topics.Outputs().Select(partition => (partition, waits ? partition.End : partition.LastStable)).ToList(), ends => WhenStable(ends, WaitTicks, () =>
        {
            OutputTail tail = Scan(position, ends);
            seen(tail);
            lane.Give(new LaneInput.TailRead(tail));
        }));
    }

    private PublishPosition? Newest(SimPartition partition, long end)
    {
        SimRecord? newest = partition.Records.LastOrDefault(record =>
            record.Offset < end && !record.IsControl && (record.IsVisible || world.Bug == PlantedBug.PositionReadUncommitted));
        return newest is null ? null : PositionCodec.Decode(newest.Value.Span);
    }

    private OutputTail Scan(PublishPosition? position, List<(SimPartition Partition, long End)> ends)
    {
        long known = position?.EmitSeq ?? 0;
        Dictionary<(string, int), long> starts = (position?.PreviousEnds ?? []).ToDictionary(end => (end.Topic, end.Partition), end => end.Offset);
        List<long> visible = [];
        foreach ((SimPartition partition, long end) in ends)
        {
            (List<SimRecord> read, _) = partition.Read(starts.GetValueOrDefault((partition.Topic, partition.Number)), end, int.MaxValue);
            visible.AddRange(read.Where(record => record.Numbers is { } numbers && numbers.Lane == lane.Lane && numbers.EmitSeq > known).Select(record => record.Numbers!.Value.EmitSeq));
        }

        return new OutputTail([.. visible.Order()], [.. ends.Select(end => new OutputEnd(end.Partition.Topic, end.Partition.Number, end.End))]);
    }

    private void WhenStable(List<(SimPartition Partition, long End)> ends, long leftTicks, Action then)
    {
        if (ends.All(end => end.Partition.LastStable >= end.End))
            then();
        else if (leftTicks <= 0)
            lane.Fault("waiting for others' open transactions");
        else
            world.Schedule.In(PollTicks, () => lane.Process.Deliver(() => { if (!lane.HasEnded) WhenStable(ends, leftTicks - PollTicks, then); }));
    }

    private void Ask<T>(Func<T> atService, Action<T> answered) => world.Network.Call(
        Service.Kafka, lane.Process, RequestTicks, atService,
        answer => { if (!lane.HasEnded) answered(answer); },
        () => lane.Fault("reading what is published"));
}
