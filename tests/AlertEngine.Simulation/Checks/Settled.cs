using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.Engines;
using AlertEngine.Simulation.Workload;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Checks;

/// <summary>What must be so once faults are over and everything had time: all is read, accounted for, evaluated and visible.</summary>
internal sealed class Settled(SimWorld world, IReadOnlyList<SentEvent> sent)
{
    private readonly LaneMark[] _marks = new LaneMark[world.Weather.AllLanes];
    private readonly bool[] _isReached = new bool[world.Weather.AllLanes];

    /// <summary>
    /// Marks what is there now. Lanes go on telling the city their time for ever, so that hardly ever nothing at all is under way: what is asked is
    /// that each lane gets past what was there at the mark.
    /// </summary>
    public void Mark()
    {
        for (int lane = 0; lane < _marks.Length; lane++)
        {
            _marks[lane] = new LaneMark([.. world.Topics.InputsOf(lane).Select(EndOf)], world.Checks.Histories[lane].Outputs.Count);
            _isReached[lane] = false;
        }
    }

    /// <summary>Whether every lane has, at some instant since the mark, read all that was there, kept nothing of it waiting, and readers saw all that it had said.</summary>
    public bool IsSo()
    {
        for (int lane = 0; lane < _marks.Length; lane++)
            _isReached[lane] |= IsPast(lane, _marks[lane]);
        return _isReached.All(isReached => isReached);
    }

    private bool IsPast(int lane, LaneMark mark)
    {
        if (world.Checks.IsHalted(lane))
            return true;
        if (world.Checks.Histories[lane].ReadOffsets is not { } offsets)
            return sent.All(record => record.Lane != lane);
        bool areBuffersEmpty = world.Processes.SelectMany(process => process.Lives).Any(life => life.Lane == lane && life.Phase == LanePhase.Running && life.BufferedEvents == 0);
        return areBuffersEmpty && world.Checks.SeenOf(lane) >= mark.Outputs
            && mark.Ends.Select((end, input) => Math.Max(0, offsets[input]) >= end).All(isRead => isRead);
    }

    public void Check()
    {
        for (int lane = 0; lane < world.Weather.AllLanes; lane++)
        {
            if (!_isReached[lane])
                throw new SimulationViolation($"lane {lane} does not come to an end: {Describe(lane)}");
            if (!world.Checks.IsHalted(lane) && lane < world.Weather.Lanes)
                Account(lane);
        }

        if (!world.Checks.MayHalt)
        {
            CheckEvents();
            CheckCity();
        }
    }

    /// <summary>Each record is counted once: accepted, a duplicate, sent to another lane, or a dead letter.</summary>
    private void Account(int lane)
    {
        LaneTally tally = world.Checks.Histories[lane].Tally;
        long records = RecordsOf(lane, SimTopics.Sensor) + RecordsOf(lane, SimTopics.Video) + RecordsOf(lane, SimTopics.Rekeyed);
        long commands = RecordsOf(lane, SimTopics.Commands) + RecordsOf(lane, SimTopics.Feedback);
        long accounted = tally.Accepted + tally.Duplicates + tally.Rekeyed + tally.DeadLetters.Values.Sum();
        if (!world.Checks.MayHalt && tally.Commands != commands)
            throw new SimulationViolation($"lane {lane} was sent {commands} commands and has read {tally.Commands}");
        if (!world.Checks.MayHalt && (tally.Events != records || accounted != records))
            throw new SimulationViolation($"lane {lane} was sent {records} records, has read {tally.Events} and accounts for {accounted}");
        if (tally.DeadLetters.ContainsKey(Engine.Ingest.RejectionCodes.Poison))
            world.Happenings.Count("record blamed");
    }

    /// <summary>Each event that anybody sent was evaluated in all classes that wait for it: by one lane, or by more where the shared memory had failed.</summary>
    private void CheckEvents()
    {
        bool mayRepeat = !world.Weather.AsksRedis || world.Redis.HasForgotten || world.Redis.WasUnavailable;
        foreach (IGrouping<string, SentEvent> copies in sent.Where(record => record.Id is not null).GroupBy(record => record.Id!))
        {
            // Copies may differ in their data: where one of them concerns no rule, that one may have been the first.
            uint wanted = copies.Min(copy => SimRules.ClassesOf(copy.Value.Span));
            if (wanted == 0)
                continue;
            int lanes = Districts.Count(history => history.Steps.Classes.GetValueOrDefault(copies.Key) == wanted);
            int parts = Districts.Count(history => history.Steps.Classes.ContainsKey(copies.Key)) - lanes;
            if (parts > 0)
                throw new SimulationViolation($"event {copies.Key} was evaluated in a part of its classes");
            if (lanes == 0 && !IsRefused(copies))
                throw new SimulationViolation($"event {copies.Key} was lost: no lane has evaluated it; it was sent to {string.Join(", ", copies.Select(PlaceOf))}");
            if (lanes > 1 && !mayRepeat)
                throw new SimulationViolation($"event {copies.Key} was evaluated by {lanes} lanes");
        }
    }

    private IEnumerable<LaneHistory> Districts => world.Checks.Histories.Take(world.Weather.Lanes);

    /// <summary>What districts told the city, it has evaluated: alerts of every district, and events that its rules read. Once each is asked at every step.</summary>
    private void CheckCity()
    {
        LaneHistory city = world.Checks.Histories[world.Weather.Lanes];
        foreach (SimRecord told in world.Kafka.Partition(SimTopics.City, 0).Records.Where(record => record.IsVisible && record.Key == LaneTopics.EventKey))
        {
            string id = JsonElement.Parse(told.Value.Span).GetProperty("id").GetString()!;
            if (!city.Steps.Classes.ContainsKey(id) && city.Tally.DeadLetters.Count == 0)
                throw new SimulationViolation($"the city was told of {id} and has not evaluated it");
            world.Happenings.Count("city told");
        }

        if (city.Outputs.Any(output => output.Output.Kind == Engine.Ports.OutputKind.WorkOrder))
            world.Happenings.Count("city order");
        CityKinship.Check(city, Districts, world.Happenings);
    }

    private string PlaceOf(SentEvent copy)
    {
        long? offset = world.Kafka.Partition(copy.Topic, copy.Lane).Records.FirstOrDefault(record => record.Value.Equals(copy.Value))?.Offset;
        return $"{copy.Topic}/{copy.Lane}/{offset}";
    }

    /// <summary>Whether some copy became a dead letter, so that nothing is lost silently.</summary>
    private bool IsRefused(IEnumerable<SentEvent> copies) => copies.Any(copy =>
    {
        LaneTally tally = world.Checks.Histories[copy.Lane].Tally;
        return tally.DeadLetters.ContainsKey(Engine.Ingest.RejectionCodes.Poison) || tally.DeadLetters.ContainsKey(Engine.Ingest.RejectionCodes.TimeAhead);
    });

    private long RecordsOf(int lane, string topic) => world.Kafka.Partition(topic, lane).Records.Count(record => record.IsVisible);

    /// <summary>Behind the last record that readers are given, and behind the transactions that are over: there a lane goes on, even when retention has taken them.</summary>
    private long EndOf(Engine.Ports.InputDescription input)
    {
        SimPartition partition = world.Kafka.Partition(input.Topic, input.Partition);
        long last = partition.Records.Where(record => record.IsVisible).Select(record => record.Offset + 1).LastOrDefault();
        return last == 0 ? 0 : Math.Max(last, partition.LastStable);
    }

    private string Describe(int lane)
    {
        LaneHistory history = world.Checks.Histories[lane];
        string phases = string.Join(", ", world.Processes.SelectMany(process => process.Lives).Where(life => life.Lane == lane).Select(life => $"{life.Phase} in process {life.Process.Number}"));
        return $"{world.Checks.SeenOf(lane)} of {_marks[lane].Outputs} outputs visible, read to {string.Join(',', history.ReadOffsets ?? [])} of {string.Join(',', _marks[lane].Ends)}; {(phases.Length == 0 ? "nobody has it" : phases)}";
    }

    /// <summary>Where the inputs of a lane ended, and how many outputs it had, at one instant.</summary>
    private readonly record struct LaneMark(ImmutableArray<long> Ends, int Outputs);
}
