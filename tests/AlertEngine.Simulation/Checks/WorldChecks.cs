using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.Engines;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Checks;

/// <summary>The promises, asked at every step: the world tells what becomes durable, what becomes visible, and who does what.</summary>
internal sealed class WorldChecks
{
    private readonly SimWorld _world;
    private readonly List<(LaneRow Row, BatchEvidence? Evidence)>[] _written;
    private readonly LaneHistory[] _histories;
    private readonly ReaderCheck[] _readers;
    private readonly HashSet<long> _fencedClaims = [];
    private readonly string?[] _halts;
    private int[]? _backup;

    public WorldChecks(SimWorld world)
    {
        _world = world;
        int lanes = world.Weather.AllLanes;
        _written = [.. Enumerable.Range(0, lanes).Select(_ => new List<(LaneRow, BatchEvidence?)>())];
        _histories = [.. Enumerable.Range(0, lanes).Select(lane => new LaneHistory(lane, []))];
        _readers = [.. Enumerable.Range(0, lanes).Select(lane => new ReaderCheck(lane, () => _histories[lane]))];
        _halts = new string?[lanes];
        world.Journal.Written = Durable;
        world.Journal.Buried = (lane, row) => throw new SimulationViolation($"lane {lane}: row {row} was acknowledged where rows were pruned: nobody will ever read it");
        world.Kafka.Marked = Visible;
    }

    /// <summary>Whether something was done to the world that only a person can set right: a lane may halt then.</summary>
    public bool MayHalt { get; set; }

    public IReadOnlyList<LaneHistory> Histories => _histories;

    public bool IsHalted(int lane) => _halts[lane] is not null;

    public string? HaltOf(int lane) => _halts[lane];

    public long SeenOf(int lane) => _readers[lane].Seen;

    public ImmutableArray<long>? ReadOffsets(int lane) => _histories[lane].ReadOffsets;

    /// <summary>A lane wants to be the only producer. One that was fenced never may again, before the group assigns it anew.</summary>
    public void Initialises(SimLane lane)
    {
        if (_fencedClaims.Contains(lane.Claim))
            throw new SimulationViolation($"lane {lane.Lane}: a fenced owner initialises again without a new assignment");
    }

    /// <summary>A lane learned that it was fenced: by a later owner, or by the cluster because its transaction took too long.</summary>
    public void Fenced(SimLane lane, bool timedOut)
    {
        _fencedClaims.Add(lane.Claim);
        _world.Happenings.Count(timedOut ? "fenced by a time-out" : "fenced by another owner");
    }

    /// <summary>A position goes out: it never runs ahead of the journal.</summary>
    public void Positions(int lane, PublishPosition position)
    {
        ImmutableArray<long>? durable = ReadOffsets(lane);
        bool isAhead = position.EmitSeq > _histories[lane].Outputs.Count
            || (durable is { } offsets && position.Frontier.Where((offset, input) => offset > offsets[input]).Any());
        if (isAhead)
            throw new SimulationViolation($"lane {lane}: a position says output {position.EmitSeq} and frontier {string.Join(',', position.Frontier)}, the journal is behind it");
    }

    /// <summary>Every queue of a lane has a limit, but for the records of one fetch.</summary>
    public void Memory(SimLane lane)
    {
        LaneOptions options = _world.Options.Lane;
        if (lane.BufferedEvents > (options.BufferedEvents + (4 * options.BatchRecords)) * Workload.SimRules.Lane.LatenessTicks.Length)
            throw new SimulationViolation($"lane {lane.Lane}: {lane.BufferedEvents} events wait in buffers");
    }

    public void Halted(int lane, string reason)
    {
        _world.Happenings.Count("lane halted");
        _halts[lane] = reason;
        if (!MayHalt)
            throw new SimulationViolation($"lane {lane} halts without cause: {reason}");
    }

    /// <summary>A person has decided that a halted lane goes on.</summary>
    public void Resumed(int lane)
    {
        _world.Happenings.Count("lane resumed");
        _halts[lane] = null;
    }

    /// <summary>Remembers what is durable now, as a backup of the database does.</summary>
    public void Backup() => _backup = [.. _written.Select(written => written.Count)];

    /// <summary>The database is as it was at the backup: what came later was never written.</summary>
    public void Restore()
    {
        for (int lane = 0; lane < _histories.Length; lane++)
        {
            _written[lane].RemoveRange(_backup![lane], _written[lane].Count - _backup[lane]);
            long seen = _readers[lane].Seen;
            _histories[lane] = new LaneHistory(lane, _histories[lane].Outputs);
            foreach ((LaneRow row, BatchEvidence? evidence) in _written[lane])
                _histories[lane].Take(row, evidence);
            MayHalt |= seen > _histories[lane].Outputs.Count;
        }
    }

    private void Durable(int lane, IReadOnlyList<LaneRow> rows, object? evidence)
    {
        foreach (LaneRow row in rows)
        {
            _written[lane].Add((row, evidence as BatchEvidence));
            _histories[lane].Take(row, evidence as BatchEvidence);
        }

        _world.Happenings.Count("write");
    }

    private void Visible(SimTransaction transaction)
    {
        if (!transaction.IsEnded || transaction.State != SimTransactionState.Committed)
            return;
        HashSet<int> lanes = [];
        foreach ((SimPartition partition, SimRecord record) in transaction.Records)
        {
            if (record.Numbers is not { } numbers)
                continue;
            _readers[numbers.Lane].See(partition, record, numbers);
            lanes.Add(numbers.Lane);
        }

        foreach (int lane in lanes)
            _readers[lane].TransactionSeen();
    }
}
