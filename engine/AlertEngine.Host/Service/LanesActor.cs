using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using AlertEngine.Connectors.Kafka.Ownership;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Host.Service;

/// <summary>
/// Owns the lanes of this process: starts those that ownership hands out, stops those that it takes back, and keeps the board. It is told by
/// ownership and by the lanes. Nothing of it survives a restart, because nothing of it has to.
/// </summary>
internal sealed class LanesActor : ReceiveActor, IWithTimers
{
    /// <summary>Above the group's session time-out with a heartbeat: by then a member that was expelled has heard of it.</summary>
    private static readonly TimeSpan TakeBackLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BeatPace = TimeSpan.FromSeconds(2);
    private readonly Func<int, LaneConsent?, LaneSetup> _setupOf;
    private readonly LaneDecisions _decisions;
    private readonly int _cityLane;
    private readonly LaneBoard _board;
    private readonly Action _beat;
    private readonly Action<string> _fail;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly bool _isSole;
    private readonly TimeSpan _cleanStop;
    private readonly Dictionary<int, Owned> _owned = [];
    private int _lives;
    private bool _hasRun;

    public LanesActor(
        Func<int, LaneConsent?, LaneSetup> setupOf, int cityLane, bool isSole, LaneBoard board, Action beat, LaneDecisions decisions, Action<string> fail, TimeSpan cleanStop)
    {
        _cleanStop = cleanStop;
        (_setupOf, _cityLane, _isSole, _board, _beat, _decisions, _fail) = (setupOf, cityLane, isSole, board, beat, decisions, fail);
        Receive<Assign>(assign => OnAssigned(assign.Lanes));
        Receive<Release>(OnRelease);
        Receive<StillOurs>(OnStillOurs);
        Receive<StopAtOnce>(stop => Context.Stop(stop.Lane));
        Receive<Beat>(_ => OnBeat());
        Receive<Decided>(OnDecided);
        Receive<LaneReport.Progress>(report => board.Change(report.Lane, lane => lane with { Progress = report.At, Backlog = report.At.Backlog }));
        Receive<LaneReport.Published>(report => board.Change(report.Lane, lane => lane with { Backlog = report.Backlog }));
        Receive<LaneReport.Running>(report =>
        {
            _hasRun |= report.Lane != _cityLane;
            Show(report.Lane, LaneState.Running, "");
        });
        Receive<LaneReport.Restarting>(report => Show(report.Lane, LaneState.Restarting, report.Reason));
        Receive<LaneReport.Halted>(OnHalted);
        Receive<LaneReport.Stopped>(OnStopped);
        Receive<Terminated>(terminated => OnTerminated(terminated.ActorRef));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("beat", new Beat(), BeatPace);

    private void OnAssigned(ImmutableArray<int> lanes)
    {
        _board.IsAssigned = true;
        foreach (int lane in lanes)
        {
            if (_owned.TryGetValue(lane, out var leaving))
                leaving.ReturnsAfterwards = true;
            else
                Begin(lane);
        }
    }

    private void Begin(int lane, LaneConsent? consent = null)
    {
        _board.Set(new LaneStatus(lane, LaneState.Recovering, ""));
        var actor = Context.ActorOf(LaneActor.Supervised(_setupOf(lane, consent), Self), $"lane-{lane}-{++_lives}");
        Context.Watch(actor);
        _owned[lane] = new Owned(actor);
    }

    private void OnRelease(Release release)
    {
        // One that has halted or was fenced is over already: nothing of it will end later and give its place free.
        foreach (int over in release.Lanes.Where(lane => _owned.TryGetValue(lane, out var held) && held.Ended.Task.IsCompleted).ToList())
        {
            _owned.Remove(over);
            _board.Remove(over);
        }

        var leaving = release.Lanes.Where(_owned.ContainsKey).Select(lane => _owned[lane]).ToList();
        foreach (var owned in leaving)
        {
            owned.IsReleased = true;
            owned.ReturnsAfterwards = false;
            owned.Actor.Tell(release.IsLost ? new LaneInput.Revoked() : new LaneInput.Stop());
            // A lane between two lives hears nothing; it has nothing in flight either.
            Timers.StartSingleTimer(owned.Actor.Path.Name, new StopAtOnce(owned.Actor), _cleanStop);
        }

        Task.WhenAll(leaving.Select(owned => owned.Ended.Task)).ContinueWith(_ => release.Done.TrySetResult(), TaskScheduler.Default);
    }

    private void Show(int number, LaneState state, string reason)
    {
        int restarts = state == LaneState.Restarting ? 1 : 0;
        _board.Change(number, lane => lane with { State = state, Reason = reason, Restarts = lane.Restarts + restarts });
        var log = _log.WithContext("lane", number);
        string word = state.ToString().ToLowerInvariant();
        if (state is LaneState.Restarting or LaneState.Halted)
            log.Warning("lane {Number} is {State}: {Reason}", number, word, reason);
        else
            log.Info("lane {Number} is {State}{Reason}", number, word, reason.Length == 0 ? "" : ": " + reason);
    }

    private void OnBeat()
    {
        _beat();
        foreach (var lane in _board.Lanes.Where(lane => lane.State == LaneState.Halted))
            AskForDecision(lane.Lane);
    }

    /// <summary>Said at once, so that a person can decide about it even where this engine ends over it.</summary>
    private void OnHalted(LaneReport.Halted report)
    {
        Show(report.Lane, LaneState.Halted, report.Reason);
        _board.Change(report.Lane, lane => lane with { Cause = report.Cause });
        _log.Warning("lane {Number}: {Remedy}", report.Lane, LaneHalts.RemedyOf(report.Cause, report.Lane));
        _beat();
        // The lanes that are new with new partitions would begin without what the former ones know of their districts.
        if (report.Cause == HaltCause.Repartitioned)
            _fail($"{report.Reason}; {LaneHalts.RemedyOf(report.Cause, report.Lane)}");
        else
            AskForDecision(report.Lane);
    }

    private void AskForDecision(int lane) =>
        _decisions.ReadAsync(lane, CancellationToken.None).PipeTo(Self, success: decision => new Decided(lane, decision), failure: _ => new Decided(lane, null));

    /// <summary>
    /// A decision counts for the very halt that it names. An engine whose lanes were all found wrong when it took them, and about which nobody has
    /// decided, has nothing to do: it says why and ends. Where one has run, the others wait for a person. The city lane alone is no reason to stay.
    /// </summary>
    private void OnDecided(Decided decided)
    {
        if (_board.Lanes.FirstOrDefault(lane => lane.Lane == decided.Lane) is not { State: LaneState.Halted, Cause: { } cause } halted)
            return;
        bool isAbout = decided.Decision is { } decision && decision.Halt == halted.Reason && decision.Accepts == cause.ToString().ToLowerInvariant();
        if (isAbout && _owned.TryGetValue(decided.Lane, out var owned) && !owned.IsReleased && owned.Ended.Task.IsCompleted)
        {
            _log.Warning("lane {Number} goes on: {Actor} accepted {Accepts} at {At}", decided.Lane, decided.Decision!.Actor, decided.Decision.Accepts, decided.Decision.DecidedAt);
            Begin(decided.Lane, new LaneConsent(cause, halted.Reason));
        }
        else if (!isAbout && !_hasRun && _board.Lanes.All(lane => lane.State == LaneState.Halted || lane.Lane == _cityLane))
        {
            _fail($"{halted.Reason}; {halted.Remedy}");
        }
    }

    private void OnStopped(LaneReport.Stopped report)
    {
        Show(report.Lane, LaneState.Stopped, report.Reason);
        if (!_owned.TryGetValue(report.Lane, out var owned) || owned.IsReleased)
            return;
        if (_isSole)
            _fail($"{report.Reason} Another process publishes under the same transactional ids; only one may");
        else
            Timers.StartSingleTimer($"fenced-{report.Lane}", new StillOurs(report, owned), TakeBackLimit);
    }

    /// <summary>
    /// A lane was fenced, but the group has not taken it back since: the broker ended a transaction that took too long. Nobody would run the lane
    /// until the next assignment, so the process ends and joins anew.
    /// </summary>
    private void OnStillOurs(StillOurs still)
    {
        if (_owned.GetValueOrDefault(still.Report.Lane) == still.Owned && !still.Owned.IsReleased)
            _fail($"{still.Report.Reason} The group still assigns it to this process");
    }

    private void OnTerminated(IActorRef actor)
    {
        var (lane, owned) = _owned.First(pair => pair.Value.Actor.Equals(actor));
        Timers.Cancel(actor.Path.Name);
        owned.Ended.TrySetResult();
        if (!owned.IsReleased)
            return;
        _owned.Remove(lane);
        _board.Remove(lane);
        if (owned.ReturnsAfterwards)
            Begin(lane);
    }

    /// <summary>Command: these lanes are ours.</summary>
    internal sealed record Assign(ImmutableArray<int> Lanes);

    /// <summary>Command: these lanes are not ours any more.</summary>
    internal sealed record Release(ImmutableArray<int> Lanes, bool IsLost, TaskCompletionSource Done);

    private sealed record StopAtOnce(IActorRef Lane);

    private sealed record Beat;

    private sealed record Decided(int Lane, LaneDecision? Decision);

    private sealed record StillOurs(LaneReport.Stopped Report, Owned Owned);

    private sealed class Owned(IActorRef actor)
    {
        public IActorRef Actor { get; } = actor;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsReleased { get; set; }

        public bool ReturnsAfterwards { get; set; }
    }
}

/// <summary>Brings what ownership says to the actor.</summary>
internal sealed class LaneRunner(IActorRef lanes, Action<string> fail) : ILaneRunner
{
    public void Assigned(ImmutableArray<int> assigned) => lanes.Tell(new LanesActor.Assign(assigned));

    public Task RevokedAsync(ImmutableArray<int> revoked) => ReleaseAsync(revoked, isLost: false);

    public void Lost(ImmutableArray<int> lost) => _ = ReleaseAsync(lost, isLost: true);

    public void Failed(string reason) => fail(reason);

    private Task ReleaseAsync(ImmutableArray<int> released, bool isLost)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lanes.Tell(new LanesActor.Release(released, isLost, done));
        return done.Task;
    }
}
