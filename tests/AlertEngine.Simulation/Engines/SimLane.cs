using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.Checks;
using AlertEngine.Simulation.Workload;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Engines;

/// <summary>
/// One life of a lane: the real protocol, window, decoder and kernels, whose commands are carried out on the simulated services as the actor and
/// the connectors carry them out on the real ones. Nothing of it survives its end.
/// </summary>
internal sealed class SimLane
{
    private readonly SimWorld _world;
    private readonly LaneLives _lives;
    private readonly SimProcess _process;
    private readonly LaneProtocol _protocol;
    private readonly SimJournalClient _journal;
    private readonly SimProducer _producer;
    private readonly SimInputs _inputs;
    private readonly SimDistricts _districts;

    public SimLane(SimProcess process, int lane, long claim, LaneLives lives, LaneConsent? consent)
    {
        _lives = lives;
        (_process, _world, Lane, Claim) = (process, process.World, lane, claim);
        ImmutableArray<InputDescription> inputs = _world.Topics.InputsOf(lane);
        _protocol = new LaneProtocol(
            OptionsOf(lane) with { Consent = consent }, IsCity ? SimRules.City : SimRules.Lane, SimRules.NewDecoder(inputs), PlantedWindow.Of(_world.Bug, new EventWindow(_world.Options.Window)), inputs);
        ImmutableArray<long> ends = [.. inputs.Select(input => input.Kind is InputKind.Commands or InputKind.Feedback ? _world.Kafka.Partition(input.Topic, input.Partition).ReadableEnd : 0)];
        _districts = new SimDistricts(this, _world, ends);
        _journal = new SimJournalClient(this, _world, _districts);
        _producer = new SimProducer(this, _world);
        _inputs = new SimInputs(this, _world, inputs);
    }

    public int Lane { get; }

    /// <summary>The assignment it lives by: later ones have higher numbers.</summary>
    public long Claim { get; }

    public SimProcess Process => _process;

    public bool HasEnded { get; private set; }

    public LanePhase Phase => _protocol.Phase;

    public int BufferedEvents => _protocol.BufferedEvents;

    public void Start()
    {
        Give(new LaneInput.Started(_process.ClockTicks, _lives.Suspicion));
        Tick();
    }

    /// <summary>The process throws everything of it away.</summary>
    public void End() => HasEnded = true;

    public void Give(LaneInput input)
    {
        if (HasEnded)
            return;
        Tell("<", input);
        foreach (LaneCommand command in _protocol.Handle(input))
            CarryOut(command);
        if (Phase == LanePhase.Running)
            _lives.Suspicion = null;
        _world.Checks.Memory(this);
    }

    /// <summary>Something local, after a moment.</summary>
    public void Soon(Func<LaneInput?> effect) => _world.Schedule.In(_world.Chance.Below(5_000), () => _process.Deliver(() =>
    {
        if (!HasEnded && effect() is { } input)
            Give(input);
    }));

    /// <summary>A port failed for good: the life ends and another one begins.</summary>
    public void Fault(string doing)
    {
        if (!HasEnded)
            Finish(new LaneCommand.Restart($"{doing} failed"));
    }

    private void CarryOut(LaneCommand command)
    {
        if (HasEnded)
            return;
        Tell(">", command);
        switch (command)
        {
            case LaneCommand.TakeNext: Soon(() => new LaneInput.NextTaken()); break;
            case LaneCommand.Evaluate evaluate: _districts.Evaluate(evaluate.Batches); break;
            case LaneCommand.ApplyDelta apply: _districts.Apply(apply); break;
            case LaneCommand.RestoreDistrict restore: _districts.Restore(restore); break;
            case LaneCommand.EncodeSlice encode: _districts.Encode(encode); break;
            case LaneCommand.RecoverJournal: _journal.Recover(); break;
            case LaneCommand.Persist persist: _journal.Persist(persist.Rows); break;
            case LaneCommand.SaveSnapshot save: _journal.Save(save.Snapshot); break;
            case LaneCommand.Prune prune: _journal.Prune(prune.UpToRowNumber); break;
            case LaneCommand.ReportProgress report: _inputs.CommitGroupOffsets(report.Progress.ReadOffsets); break;
            case LaneCommand.Restart or LaneCommand.Halt or LaneCommand.StopLane or LaneCommand.Complete: Finish(command); break;
            default: CarryOutIo(command); break;
        }
    }

    /// <summary>Whether it is the lane behind those of districts.</summary>
    private bool IsCity => Lane == _world.Weather.Lanes;

    private LaneOptions OptionsOf(int lane) => _world.Options.Lane with
    {
        Lane = lane,
        LaneOf = IsCity ? null : LaneOf,
        CityCode = SimRules.CityCode,
        SendingLanes = IsCity ? _world.Weather.Lanes : 0,
        AsksDedup = _world.Options.Lane.AsksDedup && !IsCity,
        SnapshotsAheadOfOutputs = _world.Bug == PlantedBug.PruningBehindTheSnapshotOnly,
        BeatsAheadOfAlerts = _world.Bug == PlantedBug.WatermarkBeforeItsAlerts,
    };

    private int LaneOf(string district) => Murmur2.PartitionOf(district, _world.Weather.Lanes);

    private void CarryOutIo(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.InitTransactions: _producer.Initialise(); break;
            case LaneCommand.ReadPosition: _producer.ReadPosition(); break;
            case LaneCommand.ReadTail read: _producer.ReadTail(read.Position); break;
            case LaneCommand.Publish publish: _journal.WhenWritten(publish.Outputs[^1].EmitSeq, () => _producer.Publish(publish.Outputs, publish.Position)); break;
            case LaneCommand.Seek seek: _inputs.Seek(seek.Offsets); break;
            case LaneCommand.Fetch fetch: _inputs.Fetch(fetch.MaxRecords, fetch.Wanted); break;
            case LaneCommand.AskDedup ask: _inputs.Ask(ask.Questions); break;
            default: throw new InvalidOperationException($"nobody carries out {command.GetType().Name}");
        }
    }

    private void Tell(string way, object what)
    {
        if (_world.Trace is not null && what is not (LaneInput.Tick or LaneInput.NextTaken or LaneCommand.TakeNext or LaneCommand.ReportProgress))
            _world.Trace(TraceText.Of(_world.Schedule.NowTicks, this, way, what));
    }

    private void Finish(LaneCommand last)
    {
        HasEnded = true;
        if (last is LaneCommand.Restart restart)
            _lives.Suspicion = restart.SuspicionAfter(_lives.Suspicion);
        _process.Ended(this, last);
    }

    private void Tick() => _world.Schedule.In(_world.Options.TickTicks, () => _process.Deliver(() =>
    {
        if (HasEnded)
            return;
        Give(new LaneInput.Tick(_process.ClockTicks));
        Tick();
    }));
}
