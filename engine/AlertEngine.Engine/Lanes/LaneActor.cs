using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Feeds the protocol of one lane and carries out its commands, and decides nothing. It owns the ports of the lane, its journal actor and a
/// <see cref="DistrictActor"/> for each district; it tells its owner <see cref="LaneReport"/>s. All I/O is piped back to it. What survives a
/// restart is in the journal; a restart throws the protocol, the ports and the districts away.
/// </summary>
public sealed partial class LaneActor : UntypedActor, IWithTimers
{
    private readonly LaneSetup _setup;
    private readonly LaneLives _lives;
    private readonly IActorRef _owner;
    private readonly CancellationTokenSource _life = new();
    private readonly Dictionary<string, IActorRef> _districts = new(StringComparer.Ordinal);
    private readonly LaneLog _log;
    private readonly LaneMeasures _measures;
    private readonly IInputPort _inputs;
    private readonly IOutputPort _outputs;
    private readonly IDedupStore? _dedup;
    private readonly LaneProtocol _protocol;
    private IActorRef _journal = ActorRefs.Nobody;
    private bool _isRunning;

    /// <summary>A lane that is taken over as soon as it is started.</summary>
    public LaneActor(LaneSetup setup, IActorRef owner, LaneLives lives)
    {
        _setup = setup;
        _lives = lives;
        _owner = owner;
        _log = new LaneLog(Context.GetLogger(), setup.Options.Lane);
        _measures = new LaneMeasures(setup.Options.Lane);
        _inputs = setup.OpenInputs();
        _outputs = setup.OpenOutputs();
        _dedup = setup.OpenDedup?.Invoke();
        _protocol = new LaneProtocol(setup.Options, setup.Rules, setup.MakeDecoder(), setup.MakeWindow(), _inputs.Inputs);
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The lane under a supervisor that takes it over again, with growing pauses, when a life of it ends by a fault.</summary>
    public static Props Supervised(LaneSetup setup, IActorRef owner)
    {
        LaneLives lives = new();
        return Akka.Pattern.BackoffSupervisor.Props(
            Akka.Pattern.Backoff.OnFailure(
                Props.Create(() => new LaneActor(setup, owner, lives)).WithDispatcher(LaneDispatcher.Name),
                "lane",
                minBackoff: TimeSpan.FromMilliseconds(Math.Min(200, setup.MaxBackoff.TotalMilliseconds / 10)),
                maxBackoff: setup.MaxBackoff.ToTimeSpan(),
                randomFactor: 0.2,
                maxNrOfRetries: -1)
            .WithSupervisorStrategy(new OneForOneStrategy(cause =>
            {
                // A life that could not even open its ports has told nobody, and the framework's own rule would stop the lane without a word.
                if (cause is ActorInitializationException)
                    owner.Tell(new LaneReport.Restarting(setup.Options.Lane, cause.GetBaseException().Message));
                return Directive.Restart;
            })));
    }

    /// <inheritdoc />
    protected override void PreStart()
    {
        if (!_setup.Options.IsReplay)
            Timers.StartPeriodicTimer("tick", TickTimer.Instance, _setup.Tick.ToTimeSpan());
        Give(new LaneInput.Started(NowTicks(), _lives.Suspicion));
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _life.Cancel();
        _setup.Closings.Begin(_inputs);
        _setup.Closings.Begin(_outputs);
        if (_dedup is not null)
            _setup.Closings.Begin(_dedup);
    }

    /// <summary>A fault of a district is a fault of the lane: its state in memory is ahead of the journal.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        _owner.Tell(new LaneReport.Restarting(_setup.Options.Lane, cause.Message));
        return Directive.Escalate;
    });

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LaneInput.Persisted persisted: OnPersisted(persisted); break;
            case LaneInput input: Give(input); break;
            case DistrictResult result: OnEvaluated(result); break;
            case Published published: OnPublished(published); break;
            case DistrictActor.StateEncoded(var district, var number, var part):
                Give(new LaneInput.SliceEncoded(new DistrictSlice(district, number, part.Sequence, part.State), part.IsLast));
                break;
            case DistrictActor.StateUnreadable unreadable: Give(new LaneInput.StateUnreadable(unreadable.District, unreadable.Reason)); break;
            case TickTimer: Give(new LaneInput.Tick(NowTicks())); break;
            case Faulted faulted: OnFaulted(faulted); break;
            case Terminated terminated when terminated.ActorRef.Equals(_journal): Give(new LaneInput.PersistFailed("the journal stopped")); break;
            default: Unhandled(message); break;
        }
    }

    private void OnPersisted(LaneInput.Persisted persisted)
    {
        _measures.Written();
        Give(persisted);
    }

    private void OnEvaluated(DistrictResult result)
    {
        _log.Evaluated(result);
        Give(new LaneInput.DistrictEvaluated(result));
    }

    private void OnPublished(Published published)
    {
        _log.Published(published.Outputs.Length, published.Outcome);
        if (published.Outcome.Status == PublishStatus.Committed)
            _measures.Published(published.Outputs, NowTicks());
        Give(new LaneInput.PublishEnded(published.Outcome));
        _owner.Tell(new LaneReport.Published(_setup.Options.Lane, _protocol.Backlog));
    }

    private void OnFaulted(Faulted faulted)
    {
        string reason = $"{faulted.Doing} failed: {faulted.Cause.Message}";
        _owner.Tell(new LaneReport.Restarting(_setup.Options.Lane, reason));
        throw new LaneRestartException(reason, faulted.Cause);
    }

    private void Give(LaneInput input)
    {
        foreach (LaneCommand command in _protocol.Handle(input))
            CarryOut(command);
        if (_isRunning || _protocol.Phase != LanePhase.Running)
            return;
        _isRunning = true;
        _lives.Suspicion = null;
        _owner.Tell(new LaneReport.Running(_setup.Options.Lane));
    }

    private long NowTicks() => _setup.Clock.GetCurrentInstant().ToUnixTimeTicks();

    private sealed class TickTimer
    {
        public static TickTimer Instance { get; } = new();
    }

    private sealed record Published(ImmutableArray<NumberedOutput> Outputs, PublishOutcome Outcome);

    private sealed record Faulted(string Doing, Exception Cause);
}
