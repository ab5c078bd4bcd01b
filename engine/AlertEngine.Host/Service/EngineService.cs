using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Ownership;
using AlertEngine.Connectors.Kafka.Rekey;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Connectors.Redis;
using AlertEngine.Connectors.Sql;
using AlertEngine.Engine.Lanes;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Logging;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Host.Service;

/// <summary>The running engine: its lanes, ownership, heartbeats. Started once and stopped once.</summary>
internal sealed class EngineService
{
    private readonly EngineSettings _settings;
    private readonly EngineComposition _composition;
    private readonly SqlJournal _journal;
    private readonly RedisConnection? _redis;
    private readonly ActorSystem _system;
    private readonly ILaneOwnership _ownership;
    private readonly LaneHeartbeats _heartbeats;
    private readonly LaneRunner _runner;
    private readonly Rekeyer? _rekeyer;
    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EngineService(EngineSettings settings, EngineComposition composition, SqlJournal journal, RedisConnection? redis, KafkaClients clients, ILoggerFactory logs)
    {
        bool isSole = settings.Journal.Provider == JournalProvider.Sqlite;
        (_settings, _composition, _journal, _redis) = (settings, composition, journal, redis);
        _heartbeats = new LaneHeartbeats(clients);
        _system = ActorSystem.Create("alertengine", SystemSetup(settings.Log, journal, logs));
        _ownership = isSole ? new SoleOwnership(composition.LaneCount + 1) : new GroupOwnership(clients, settings.Kafka.InstanceId);
        var lanes = _system.ActorOf(Props.Create(() => new LanesActor(composition.SetupOf, composition.LaneCount, isSole, Board, Beat, new LaneDecisions(clients), Fail, CleanStopOf(settings))), "lanes");
        _runner = new LaneRunner(lanes, Fail);
        _rekeyer = composition.StartRekeyer();
    }

    /// <summary>The lanes of this process.</summary>
    public LaneBoard Board { get; } = new();

    /// <summary>Ends with the reason where the engine cannot go on.</summary>
    public Task<string> Failed => _failed.Task;

    /// <summary>Opens journal and Redis and takes the lanes that are ours.</summary>
    /// <exception cref="JournalInUseException">Another process has the journal.</exception>
    public static async Task<EngineService> StartAsync(
        EngineSettings settings, RuleSetup rules, KafkaClients clients, ImmutableArray<TopicState> topics, ILoggerFactory logs)
    {
        var journal = SqlJournal.Open(settings.Journal);
        var redis = settings.Redis.Configuration.Length == 0 ? null : await RedisConnection.OpenAsync(settings.Redis).ConfigureAwait(false);
        var composition = new EngineComposition(settings, rules, clients, topics, redis, logs);
        var service = new EngineService(settings, composition, journal, redis, clients, logs);
        service._ownership.Start(service._runner);
        return service;
    }

    /// <summary>
    /// Stops the lanes cleanly and gives everything back. False where that takes longer than it may, because the broker or the database does not
    /// answer: what is still at work keeps what it works with until the process ends, and the journal knows how to go on.
    /// </summary>
    public async Task<bool> StopAsync()
    {
        var ending = EndAsync();
        try
        {
            await ending.WaitAsync(_settings.Stop.ToTimeSpan()).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!ending.IsCompleted)
        {
            return false;
        }
    }

    private async Task EndAsync()
    {
        await Task.WhenAll(EndLanesAsync(), _rekeyer is null ? Task.CompletedTask : _rekeyer.DisposeAsync().AsTask()).ConfigureAwait(false);
        await _composition.Closings.AllAsync().ConfigureAwait(false);
        await _system.Terminate().ConfigureAwait(false);
        _heartbeats.Dispose();
        if (_redis is not null)
            await _redis.DisposeAsync().ConfigureAwait(false);
        _journal.Dispose();
    }

    /// <summary>First ownership, so that nothing new is assigned; a group revokes what it had assigned, alone nobody does.</summary>
    private async Task EndLanesAsync()
    {
        await _ownership.DisposeAsync().ConfigureAwait(false);
        await _runner.RevokedAsync([.. Enumerable.Range(0, _composition.LaneCount + 1)]).ConfigureAwait(false);
    }

    /// <summary>Lanes get half of the time; the other half is for what they leave behind.</summary>
    private static TimeSpan CleanStopOf(EngineSettings settings) => settings.Stop.ToTimeSpan() / 2;

    private void Fail(string reason) => _failed.TrySetResult(reason);

    private void Beat()
    {
        foreach (var lane in Board.Lanes)
        {
            if (lane.Progress is { } progress)
                _composition.ShowProgressAsync(lane.Lane, progress.ReadOffsets).ContinueWith(ends => Learn(lane.Lane, ends.Result), TaskContinuationOptions.OnlyOnRanToCompletion);
            _heartbeats.Write(HeartbeatOf(lane));
        }
    }

    private void Learn(int lane, ImmutableArray<long> ends)
    {
        if (!ends.IsEmpty)
            Board.Change(lane, status => status with { Ends = ends });
    }

    private LaneHeartbeat HeartbeatOf(LaneStatus lane) => new()
    {
        Lane = lane.Lane,
        Lanes = _composition.LaneCount,
        Owner = _settings.Kafka.InstanceId,
        State = lane.State.ToString().ToLowerInvariant(),
        Reason = lane.Reason,
        Cause = lane.Cause?.ToString().ToLowerInvariant() ?? "",
        Remedy = lane.Remedy,
        Watermark = lane.Progress is { FrontTicks: > long.MinValue } shown ? InstantPattern.General.Format(Instant.FromUnixTimeTicks(shown.FrontTicks)) : "",
        Frontier = lane.Progress is { } progress
            ? _composition.InputsOf(lane.Lane).Zip(progress.ReadOffsets).ToImmutableSortedDictionary(pair => pair.Item1.Topic, pair => pair.Item2)
            : ImmutableSortedDictionary<string, long>.Empty,
        Lag = lane.Lag,
        Backlog = lane.Backlog,
        Undeliverable = lane.Progress?.Tally.Undeliverable ?? 0,
        Batch = lane.Progress?.Sequence ?? 0,
        At = InstantPattern.General.Format(SystemClock.Instance.GetCurrentInstant()),
    };

    private static ActorSystemSetup SystemSetup(LogSettings log, SqlJournal journal, ILoggerFactory logs)
    {
        var configuration = journal.Configuration
            .WithFallback(LaneDispatcher.Configuration)
            .WithFallback(AkkaLogSetup.Configuration(log.Level))
            .WithFallback(ConfigurationFactory.ParseString("""
                akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
                # Nothing here is timed finer than a lane's tick of 500 ms; the framework's 10 ms are half of what an idle engine costs.
                akka.scheduler.tick-duration = 250ms
                """));
        Setup[] setups = [BootstrapSetup.Create().WithConfig(configuration), new AkkaLogSetup(logs), .. new[] { journal.Options }.OfType<Setup>()];
        return ActorSystemSetup.Create(setups);
    }
}
