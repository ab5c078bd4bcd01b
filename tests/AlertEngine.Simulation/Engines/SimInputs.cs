using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Engines;

/// <summary>The inputs of one life of a lane, read as a read_committed consumer reads them, and the questions to the shared memory.</summary>
internal sealed class SimInputs(SimLane lane, SimWorld world, ImmutableArray<InputDescription> inputs)
{
    private const long TimeoutTicks = 10 * TimeSpan.TicksPerSecond;
    private const long RedisTimeoutTicks = 300 * TimeSpan.TicksPerMillisecond;

    private readonly long[] _next = new long[inputs.Length];
    private int _fetches;

    public void Seek(ImmutableArray<long> offsets) => world.Network.Call(
        Service.Kafka, lane.Process, TimeoutTicks, () => true,
        _ =>
        {
            ImmutableArray<long> places = world.Bug switch
            {
                PlantedBug.ResumeFromGroupOffsets => world.GroupOffsets.Of(lane.Lane) ?? offsets,
                PlantedBug.FrontierPastBufferedEvents => world.Checks.ReadOffsets(lane.Lane) ?? offsets,
                _ => offsets,
            };
            for (int i = 0; i < _next.Length; i++)
                _next[i] = Math.Max(0, places[i]);
            lane.Give(new LaneInput.Sought());
        },
        () => lane.Fault("placing the inputs"));

    public void Fetch(int maxRecords, ImmutableArray<int> wanted) => world.Network.Call(
        Service.Kafka, lane.Process, TimeoutTicks, () => Read(maxRecords, wanted),
        fetch =>
        {
            if (fetch.Records.IsEmpty)
                world.Schedule.In(world.Options.FetchWaitTicks, () => lane.Process.Deliver(() => Give(fetch)));
            else
                Give(fetch);
        },
        () => lane.Fault("reading the inputs"));

    public void Ask(ImmutableArray<DedupQuestion> questions) => world.Network.Call(
        Service.Redis, lane.Process, RedisTimeoutTicks,
        () => questions.Select(question => world.Redis.Ask(lane.Process.Number, question.Key, CoordinateOf(question.At))).ToImmutableArray(),
        answers => lane.Give(new LaneInput.DedupAnswered(answers)),
        () =>
        {
            world.Happenings.Count("Redis unavailable");
            world.Redis.WasUnavailable = true;
            lane.Give(new LaneInput.DedupAnswered([.. questions.Select(_ => DedupAnswer.Unavailable)]));
        });

    /// <summary>For lag tools only, and so late that nobody may rely on it.</summary>
    public void CommitGroupOffsets(ImmutableArray<long> offsets) => world.Network.Call(
        Service.Kafka, lane.Process, TimeoutTicks, () => { world.GroupOffsets.Commit(lane.Lane, offsets); return true; }, _ => { }, () => { });

    private void Give(InputFetch fetch)
    {
        if (lane.HasEnded)
            return;
        foreach (InputRecord record in fetch.Records)
            _next[record.Input] = record.NextOffset;
        lane.Give(new LaneInput.RecordsFetched(fetch, lane.Process.ClockTicks));
    }

    private InputFetch Read(int maxRecords, ImmutableArray<int> wanted)
    {
        _fetches++;
        List<InputRecord> records = [];
        List<int> atEnd = [];
        List<long> ends = [];
        foreach (int input in wanted)
        {
            if (world.Bug == PlantedBug.PeoplesTimersBeforeCommands && _fetches == 1 && inputs[input].Kind is InputKind.Commands or InputKind.Feedback)
            {
                atEnd.Add(input);
                ends.Add(_next[input]);
                continue;
            }

            SimPartition partition = world.Kafka.Partition(inputs[input].Topic, inputs[input].Partition);
            int limit = Math.Min(maxRecords - records.Count, world.Chance.Between(1, maxRecords));
            (List<SimRecord> read, long next) = limit > 0 ? partition.Read(_next[input], partition.LastStable, limit) : ([], _next[input]);
            records.AddRange(read.Select(record =>
                new InputRecord(input, record.Offset, record.Offset + 1, Encoding.UTF8.GetBytes(record.Key), record.Numbers?.ToHeaders() ?? default, record.Value)));
            if (limit <= 0 || next < partition.LastStable)
                continue;
            atEnd.Add(input);
            ends.Add(next);
        }

        return new InputFetch([.. records], [.. atEnd]) { Ends = [.. ends] };
    }

    private string CoordinateOf(Coordinate at) => world.Bug == PlantedBug.CoordinateWithoutPartition
        ? $"{at.Offset}"
        : $"{inputs[at.Input].TopicId}/{inputs[at.Input].Partition}/{at.Offset}";
}
