using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace AlertEngine.Engine.Lanes.Replay;

/// <summary>
/// Runs a replay: the actor system, the lanes in it, one after the other, and who waits for their end. Run again after a crash it goes on where the journal is,
/// and the outputs are the same.
/// </summary>
public static class ReplayEngine
{
    /// <summary>Runs the lanes to the end of their inputs; what they counted, together.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="progress">Told after each durable batch, from another thread.</param>
    /// <param name="cancellation">Ends the run cleanly; a later run goes on.</param>
    /// <exception cref="ReplayFailedException">The lane halted, or makes no progress.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<LaneTally> RunAsync(ReplayPlan plan, IProgress<LaneProgress>? progress, CancellationToken cancellation)
    {
        ActorSystem system = ActorSystem.Create("alertengine", SetupOf(plan));
        try
        {
            TaskCompletionSource<LaneTally> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            IActorRef watcher = system.ActorOf(Props.Create(() => new ReplayWatcher(plan, progress, ended)), "replay");
            await using CancellationTokenRegistration registration = cancellation.Register(() => watcher.Tell(new LaneInput.Stop()));
            return await ended.Task.ConfigureAwait(false);
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private static ActorSystemSetup SetupOf(ReplayPlan plan)
    {
        Config configuration = plan.Storage.Configuration.WithFallback(LaneDispatcher.Configuration).WithFallback(plan.Configuration);
        BootstrapSetup bootstrap = BootstrapSetup.Create().WithConfig(configuration);
        ImmutableArray<Setup> setups = plan.Storage.Options is { } options ? [bootstrap, options, .. plan.Setups] : [bootstrap, .. plan.Setups];
        return ActorSystemSetup.Create([.. setups]);
    }

    /// <summary>Owns the supervisor of the lane that runs, begins the next one when it has ended, and passes the end on.</summary>
    private sealed class ReplayWatcher : ReceiveActor
    {
        private readonly TaskCompletionSource<LaneTally> _ended;
        private readonly Queue<LaneSetup> _next;
        private readonly SortedDictionary<int, LaneTally> _tallies = [];
        private IActorRef _lane = ActorRefs.Nobody;
        private PortClosings _closings = new();
        private int _number;
        private bool _isCompleted;
        private int _fruitlessLives;
        private string _lastFault = "";

        public ReplayWatcher(ReplayPlan plan, IProgress<LaneProgress>? progress, TaskCompletionSource<LaneTally> ended)
        {
            _ended = ended;
            _next = new Queue<LaneSetup>(plan.City is { } city ? [plan.Setup, city, plan.Behind] : [plan.Setup]);
            Receive<LaneReport.Progress>(report =>
            {
                _fruitlessLives = 0;
                progress?.Report(report.At);
            });
            Receive<LaneReport.Running>(_ => { });
            Receive<LaneReport.Published>(_ => { });
            Receive<LaneReport.Completed>(OnCompleted);
            Receive<LaneReport.Halted>(report => _ended.TrySetException(new ReplayFailedException(report.Reason)));
            Receive<LaneReport.Stopped>(report => _ended.TrySetException(new OperationCanceledException(report.Reason)));
            Receive<LaneReport.Restarting>(report => OnRestarting(report.Reason, plan.MaxFruitlessLives));
            Receive<LaneInput.Stop>(stop => _lane.Tell(stop));
            Receive<Terminated>(_ => OnTerminated());
            Receive<PortsClosed>(_ => GoOn());
            Begin();
        }

        private void Begin()
        {
            LaneSetup setup = _next.Dequeue();
            _closings = setup.Closings;
            _isCompleted = false;
            _number = setup.Options.Lane;
            _lane = Context.ActorOf(LaneActor.Supervised(setup, Self), setup.Options.GoesOn ? $"lane-{_number}-on" : $"lane-{_number}");
            Context.Watch(_lane);
        }

        private void OnCompleted(LaneReport.Completed report)
        {
            // A lane that goes on tells what it counted from its beginning.
            _isCompleted = true;
            _tallies[_number] = report.Tally;
        }

        /// <summary>Not before a lane has let go of its files may the next one write to them.</summary>
        private void OnTerminated()
        {
            if (_isCompleted)
                _closings.AllAsync().PipeTo(Self, success: () => new PortsClosed());
            else
                _ended.TrySetException(new ReplayFailedException($"the lane ended: {_lastFault}"));
        }

        private void GoOn()
        {
            if (_next.Count > 0)
                Begin();
            else
                _ended.TrySetResult(Together());
        }

        private LaneTally Together()
        {
            LaneTally together = new();
            foreach (LaneTally tally in _tallies.Values)
                together.Add(tally);
            return together;
        }

        private void OnRestarting(string reason, int limit)
        {
            _lastFault = reason;
            _fruitlessLives++;
            if (_fruitlessLives >= limit)
                _ended.TrySetException(new ReplayFailedException($"no progress after {limit} attempts: {reason}"));
        }

        private sealed record PortsClosed;
    }
}
