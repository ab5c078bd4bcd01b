using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Engines;

/// <summary>
/// The outputs of one life of a lane, as the connector publishes them: records partition by partition under one transaction, then its end; what
/// fails is abortable, fenced or unknown by the same rules. A producer that could not settle a transaction is never used again.
/// </summary>
internal sealed class SimProducer(SimLane lane, SimWorld world)
{
    private const long RequestTicks = 5 * TimeSpan.TicksPerSecond;
    private const long SlowCommitTicks = 2 * TimeSpan.TicksPerSecond;
    private const long InitTicks = 10 * TimeSpan.TicksPerSecond;
    private const long AgainTicks = 20 * TimeSpan.TicksPerMillisecond;

    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];
    private readonly SimTailReader _reader = new(lane, world);
    private int _epoch;

    private string TransactionalId => world.Bug == PlantedBug.NoFencing
        ? $"alertengine.{lane.Process.Number}.lane-{lane.Lane}"
        : $"alertengine.lane-{lane.Lane}";

    private SimCoordinator Coordinator => world.Kafka.Coordinator;

    public void Initialise()
    {
        if (world.Bug == PlantedBug.JournalBeforeFencing && _epoch == 0)
            lane.Soon(() => new LaneInput.TransactionsInitialised());
        else
            Fence(() => lane.Give(new LaneInput.TransactionsInitialised()));
    }

    public void ReadPosition() => _reader.ReadPosition();

    public void ReadTail(PublishPosition? position) => _reader.ReadTail(position, tail =>
    {
        foreach (OutputEnd end in tail.Ends)
            _ends[(end.Topic, end.Partition)] = end.Offset;
    });

    public void Publish(ImmutableArray<NumberedOutput> outputs, PublishPosition position)
    {
        if (_epoch == 0)
            Fence(() => Send(outputs, position));
        else
            Send(outputs, position);
    }

    private void Fence(Action then) => world.Network.Call(
        Service.Kafka, lane.Process, InitTicks,
        () =>
        {
            world.Checks.Initialises(lane);
            return Coordinator.Init(TransactionalId, lane.Claim);
        },
        answer =>
        {
            if (answer.Answer == SimAnswer.Concurrent)
            {
                Again(() => Fence(then));
                return;
            }

            _epoch = answer.Epoch;
            then();
        },
        () => lane.Fault("fencing the predecessor"));

    private void Send(ImmutableArray<NumberedOutput> outputs, PublishPosition position)
    {
        List<Request> requests = [.. RequestsOf(outputs)];
        if (world.Bug == PlantedBug.PositionOutsideTransaction)
            world.Network.Call(Service.Kafka, lane.Process, RequestTicks, () => WritePosition(position, null), _ => { }, () => { });
        else
            requests.Add(new Request(world.Kafka.Partition(SimTopics.Positions, lane.Lane), transaction => WritePosition(position, transaction)));
        Publication publication = new(requests.Count);
        foreach (Request request in requests)
            Send(publication, request);
    }

    private IEnumerable<Request> RequestsOf(ImmutableArray<NumberedOutput> outputs) =>
        outputs.GroupBy(output => PartitionOf(output.Output)).Select(group => new Request(group.Key, transaction =>
        {
            long end = 0;
            foreach (NumberedOutput output in group)
                end = group.Key.Append(output.Output.Key, output.Output.Value, new SimNumbers(lane.Lane, output.EmitSeq, output.TopicSeq, output.Output.Transit), transaction) + 1;
            return end;
        }));

    private SimPartition PartitionOf(Output output)
    {
        IReadOnlyList<SimPartition> partitions = world.Kafka.PartitionsOf(output.Topic);
        return partitions[Murmur2.PartitionOf(output.Key, partitions.Count)];
    }

    private long WritePosition(PublishPosition position, SimTransaction? transaction)
    {
        world.Checks.Positions(lane.Lane, position);
        return world.Kafka.Partition(SimTopics.Positions, lane.Lane).Append(TransactionalId, PositionCodec.Encode(position), null, transaction) + 1;
    }

    private void Send(Publication publication, Request request) => world.Network.Call(
        Service.Kafka, lane.Process, RequestTicks,
        () =>
        {
            if (publication.IsGivenUp)
                return (SimAnswer.InvalidState, 0L);
            (SimAnswer answer, SimTransaction? transaction) = Coordinator.Join(TransactionalId, _epoch);
            return (answer, transaction is null ? 0 : request.Write(transaction));
        },
        answer => Sent(publication, request, answer.Item1, answer.Item2),
        () => Failed(publication, "a message timed out"));

    private void Sent(Publication publication, Request request, SimAnswer answer, long end)
    {
        switch (answer)
        {
            case SimAnswer.Concurrent: Again(() => Send(publication, request)); break;
            case SimAnswer.Fenced: Settle(publication, PublishStatus.Fenced); break;
            case SimAnswer.Expired: Settle(publication, PublishStatus.Unknown); break;
            case SimAnswer.InvalidState: break;
            default:
                _ends[(request.Partition.Topic, request.Partition.Number)] = Math.Max(end, _ends.GetValueOrDefault((request.Partition.Topic, request.Partition.Number)));
                if (--publication.Unsent == 0 && !publication.IsGivenUp)
                    Commit(publication);
                break;
        }
    }

    private void Commit(Publication publication) => world.Network.Call(
        Service.Kafka, lane.Process, SlowCommitTicks,
        () => Coordinator.End(TransactionalId, _epoch, SimTransactionState.Committed),
        answer => Settle(publication, answer switch
        {
            SimAnswer.Done => PublishStatus.Committed,
            SimAnswer.Fenced => PublishStatus.Fenced,
            _ => PublishStatus.Unknown,
        }),
        () => Settle(publication, PublishStatus.Unknown));

    private void Failed(Publication publication, string why)
    {
        if (publication.IsGivenUp || publication.Unsent == 0)
            return;
        publication.IsGivenUp = true;
        world.Happenings.Count(why);
        world.Network.Call(
            Service.Kafka, lane.Process, SlowCommitTicks,
            () => Coordinator.End(TransactionalId, _epoch, SimTransactionState.Aborted),
            answer => Settle(publication, answer switch
            {
                SimAnswer.Done or SimAnswer.InvalidState => PublishStatus.Aborted,
                SimAnswer.Fenced => PublishStatus.Fenced,
                _ => PublishStatus.Unknown,
            }),
            () => Settle(publication, PublishStatus.Unknown));
    }

    private void Settle(Publication publication, PublishStatus status)
    {
        if (publication.IsSettled || lane.HasEnded)
            return;
        publication.IsSettled = publication.IsGivenUp = true;
        world.Happenings.Count($"publication {status.ToString().ToLowerInvariant()}");
        if (status == PublishStatus.Fenced)
            world.Checks.Fenced(lane, Coordinator.TimedOut(TransactionalId, _epoch));
        PublishStatus told = (status, world.Bug) switch
        {
            (PublishStatus.Fenced, PlantedBug.FencedLaneReinitialises) => PublishStatus.Unknown,
            (PublishStatus.Unknown, PlantedBug.RetryOfUnknownCommit) => PublishStatus.Aborted,
            _ => status,
        };
        lane.Give(new LaneInput.PublishEnded(new PublishOutcome(told, told == PublishStatus.Committed ? Ends() : [], "")));
    }

    private ImmutableArray<OutputEnd> Ends() =>
        [.. _ends.Where(end => end.Key.Topic != SimTopics.Positions).Select(end => new OutputEnd(end.Key.Topic, end.Key.Partition, end.Value))];

    private void Again(Action action) => world.Schedule.In(AgainTicks, () => lane.Process.Deliver(() =>
    {
        if (!lane.HasEnded)
            action();
    }));

    /// <summary>The records of one partition.</summary>
    private sealed record Request(SimPartition Partition, Func<SimTransaction, long> Write);

    private sealed class Publication(int requests)
    {
        public int Unsent { get; set; } = requests;

        public bool IsGivenUp { get; set; }

        public bool IsSettled { get; set; }
    }
}
