using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The protocol of a lane: what it does to see every record once, decide once and be seen to have said it once, whatever is killed at whatever
/// instant. A state machine without I/O, clock or threads: inputs in, commands out. Take-over, loop, publishing and recovery live here and
/// nowhere else, so that the actor, the tests and the simulator drive the very same decisions.
/// </summary>
/// <remarks>
/// Not thread-safe: one caller, one input at a time; the commands of an input are carried out before the next is given. What survives a restart
/// is the journal; an instance that restarts, halts or stops is thrown away.
/// </remarks>
public sealed partial class LaneProtocol
{
    private readonly LaneOptions _options;
    private readonly LaneRules _rules;
    private readonly ImmutableArray<InputDescription> _descriptions;
    private readonly Intake _intake;
    private readonly Outbox _outbox;
    private readonly DistrictDues _dues = new();
    private readonly BatchChain _chain = new();
    private readonly AttemptPlan _attempt;
    private readonly SnapshotRoll _roll;
    private readonly OutputBounds _bounds;
    private readonly LaneTally _tally = new();
    private readonly StateWriter _writer = new();
    private List<LaneCommand> _commands = [];
    private LanePhase _phase = LanePhase.New;
    private bool _isStopping;

    /// <summary>A lane that owns nothing yet.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="rules">What it needs to know of the rules.</param>
    /// <param name="decoder">Turns records into events; the lane's own.</param>
    /// <param name="window">An empty window; the lane's own.</param>
    /// <param name="inputs">The inputs, in the order of the input port.</param>
    public LaneProtocol(LaneOptions options, LaneRules rules, IRecordDecoder decoder, IEventWindow window, ImmutableArray<InputDescription> inputs)
    {
        _options = options;
        _rules = rules;
        _descriptions = inputs;
        _intake = new Intake(options, rules, decoder, window, inputs);
        _attempt = new AttemptPlan(options.BatchRecords);
        _roll = new SnapshotRoll(options);
        _outbox = new Outbox(options.RunId);
        _bounds = new OutputBounds(options.OutputLimits, rules.Hash);
    }

    /// <summary>Where the lane is on its way.</summary>
    public LanePhase Phase => _phase;

    /// <summary>Events waiting in reorder buffers: bounded by the options.</summary>
    public int BufferedEvents => _intake.BufferedEvents;

    /// <summary>Outputs durable and not published.</summary>
    public int Backlog => _outbox.Count;

    /// <summary>Takes one input and says what is to be done, in order.</summary>
    public IReadOnlyList<LaneCommand> Handle(LaneInput input)
    {
        _commands = [];
        if (_phase == LanePhase.Ended)
            return _commands;
        try
        {
            Decide(input);
        }
        catch (InvalidDataException corrupt)
        {
            Suspect($"the journal of lane {_options.Lane} cannot be read: {corrupt.Message}");
        }

        return _commands;
    }

    private void Decide(LaneInput input)
    {
        switch (input)
        {
            case LaneInput.Tick tick: OnTick(tick.NowTicks); break;
            case LaneInput.RecordsFetched fetched: OnFetched(fetched); break;
            case LaneInput.NextTaken: OnNextTaken(); break;
            case LaneInput.DedupAnswered answered: OnDedupAnswered(answered.Answers); break;
            case LaneInput.DistrictEvaluated evaluated: OnEvaluated(evaluated.Result); break;
            case LaneInput.StateUnreadable unreadable: Suspect($"the state of district {unreadable.District} in the journal of lane {_options.Lane} cannot be read: {unreadable.Detail}"); return;
            case LaneInput.SliceEncoded encoded: _roll.Take(encoded.Slice, encoded.IsLast); break;
            case LaneInput.Persisted persisted: OnPersisted(persisted.LastRowNumber); break;
            case LaneInput.PersistFailed failed: End(new LaneCommand.Restart($"a write of the journal failed, nobody knows whether it is there: {failed.Detail}")); return;
            case LaneInput.PublishEnded ended: OnPublishEnded(ended.Outcome); break;
            case LaneInput.SnapshotSaved saved: OnSnapshotSaved(saved.IsSaved); break;
            case LaneInput.Revoked: End(new LaneCommand.StopLane("the lane was given to another owner")); return;
            case LaneInput.Stop: OnStop(); break;
            default: TakeOver(input); break;
        }

        Pump();
    }

    /// <summary>Everything that can go on does. The order matters: what keeps others busy is handed out before this lane decodes on.</summary>
    private void Pump()
    {
        if (_phase == LanePhase.Refilling)
            RefillBuffers();
        if (_phase != LanePhase.Running)
            return;
        AdvanceClock(_lastClockTicks);
        DispatchBatch();
        PersistNext();
        PublishNext();
        TrySnapshot();
        FetchMore();
        GoOnTaking();
        TryEnd();
    }

    private void OnTick(long nowTicks)
    {
        if (_phase != LanePhase.Running)
            return;
        AdvanceClock(nowTicks);
        if (_awaitsStore)
            Ask();
    }

    private void OnStop()
    {
        _isStopping = true;
        if (_phase != LanePhase.Running)
            End(new LaneCommand.StopLane("stopped"));
    }

    private void TryEnd()
    {
        bool isIdle = !IsPersisting && _waitingBatches.Count == 0 && _outbox.Count == 0 && !_outbox.IsPublishing;
        if (_isLastDurable && isIdle)
            End(new LaneCommand.Complete(_tally));
        else if (_isStopping && isIdle && _evaluating is null)
            End(new LaneCommand.StopLane("stopped"));
    }

    private void Halt(string reason, HaltCause cause = HaltCause.Damage) => End(new LaneCommand.Halt(reason, cause));

    /// <summary>
    /// What was read cannot be. Another owner may have pruned the journal or published while it was read, so it is looked at again before a person
    /// is called. Only what is found again word for word is so: whatever another owner does changes a number in it, because the journal of the
    /// second look was read after the position of the first. A replay has its journal alone.
    /// </summary>
    private void Suspect(string reason, HaltCause cause = HaltCause.Damage)
    {
        if (_suspicion == reason || _options.IsReplay)
            Halt(reason, cause);
        else
            End(new LaneCommand.Restart(reason, IsSuspicion: true));
    }

    private void End(LaneCommand last)
    {
        _phase = LanePhase.Ended;
        _commands.Add(last);
    }
}

/// <summary>Where a lane is on its way.</summary>
public enum LanePhase
{
    /// <summary>Not ours yet.</summary>
    New = 0,

    /// <summary>Fencing the predecessor.</summary>
    Initialising,

    /// <summary>Reading snapshot and journal.</summary>
    Recovering,

    /// <summary>Reading the position.</summary>
    ReadingPosition,

    /// <summary>Looking what is visible above it.</summary>
    ReadingTail,

    /// <summary>Writing a person's decision into the journal.</summary>
    Resuming,

    /// <summary>Publishing what the journal holds and nobody can see.</summary>
    Republishing,

    /// <summary>Placing the inputs.</summary>
    Seeking,

    /// <summary>Counting the attempt.</summary>
    Marking,

    /// <summary>Reading again what waits in buffers.</summary>
    Refilling,

    /// <summary>The loop.</summary>
    Running,

    /// <summary>Completed, halted, stopped or to be restarted: this instance does nothing more.</summary>
    Ended,
}
