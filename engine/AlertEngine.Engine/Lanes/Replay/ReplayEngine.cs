using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace AlertEngine.Engine.Lanes.Replay;

/// <summary>
/// Runs a replay: the actor system, the one lane in it, and who waits for its end. Run again after a crash it goes on where the journal is,
/// and the outputs are the same.
/// </summary>
public static class ReplayEngine
{
    /// <summary>Runs the lane to the end of its inputs.</summary>
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
        Config configuration = plan.Storage.Configuration.WithFallback(plan.Configuration);
        BootstrapSetup bootstrap = BootstrapSetup.Create().WithConfig(configuration);
        ImmutableArray<Setup> setups = plan.Storage.Options is { } options ? [bootstrap, options, .. plan.Setups] : [bootstrap, .. plan.Setups];
        return ActorSystemSetup.Create([.. setups]);
    }

    /// <summary>Owns the lane's supervisor and passes its end on.</summary>
    private sealed class ReplayWatcher : ReceiveActor
    {
        private readonly TaskCompletionSource<LaneTally> _ended;
        private readonly IActorRef _lane;
        private int _fruitlessLives;
        private string _lastFault = "";

        public ReplayWatcher(ReplayPlan plan, IProgress<LaneProgress>? progress, TaskCompletionSource<LaneTally> ended)
        {
            _ended = ended;
            _lane = Context.ActorOf(LaneActor.Supervised(plan.Setup, Self), "lane-0");
            Context.Watch(_lane);
            Receive<LaneReport.Progress>(report =>
            {
                _fruitlessLives = 0;
                progress?.Report(report.At);
            });
            Receive<LaneReport.Running>(_ => { });
            Receive<LaneReport.Published>(_ => { });
            Receive<LaneReport.Completed>(report => _ended.TrySetResult(report.Tally));
            Receive<LaneReport.Halted>(report => _ended.TrySetException(new ReplayFailedException(report.Reason)));
            Receive<LaneReport.Stopped>(report => _ended.TrySetException(new OperationCanceledException(report.Reason)));
            Receive<LaneReport.Restarting>(report => OnRestarting(report.Reason, plan.MaxFruitlessLives));
            Receive<LaneInput.Stop>(_lane.Tell);
            Receive<Terminated>(_ => _ended.TrySetException(new ReplayFailedException($"the lane ended: {_lastFault}")));
        }

        private void OnRestarting(string reason, int limit)
        {
            _lastFault = reason;
            _fruitlessLives++;
            if (_fruitlessLives >= limit)
                _ended.TrySetException(new ReplayFailedException($"no progress after {limit} attempts: {reason}"));
        }
    }
}
