using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Connectors.Sql;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Logging;
using AlertEngine.Host.Reports;
using AlertEngine.Host.Service;
using NodaTime;
using OpenTelemetry.Metrics;

namespace AlertEngine.Host.Commands;

/// <summary><c>run</c>: Kafka in, Kafka out, until SIGTERM.</summary>
internal static class RunCommand
{
    public static Command Create(Words words)
    {
        var cluster = new ClusterOptions(words);
        var logging = new LogOptions(words, "AlertEngine:Log:Format", "AlertEngine:Log:Level");
        var command = new Command("run",
            words.OfCommand("运行引擎：从 Kafka 到 Kafka，直到 SIGTERM。提供 /health/live、/health/ready 与 /metrics。",
                "Runs the engine: Kafka in, Kafka out, until SIGTERM. Serves /health/live, /health/ready and /metrics.",
                "run --config alertengine.json --bootstrap 127.0.0.1:9092 --rules rules/packs/nanjing --city rules/packs/nanjing/city.yaml"))
        {
            cluster.Bootstrap, cluster.Config, cluster.Rules, cluster.City, logging.Format, logging.Level, SharedOptions.Language,
        };
        command.SetAction((parsed, cancellation) => cluster.RunAsync(parsed, settings =>
            RunAsync(settings with { Log = logging.Read(parsed, settings.Log) }, words, parsed.InvocationConfiguration.Error, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(EngineSettings settings, Words words, TextWriter error, CancellationToken cancellation)
    {
        using var stop = new StopSignals(cancellation);
        if (RuleSetup.Load(settings, error) is not { } rules)
            return ExitCodes.Usage;
        if (settings.City.Length == 0)
            error.WriteLine(words.Of("没有城市文件：接受所有区和单位", "no city file: every district and unit is accepted"));
        using var logs = EngineLogs.Open(settings.Log);
        var kafka = logs.CreateLogger("Kafka");
        bool isReached = false;
        // What the client library has to say of a broker that is away is said once, by us.
        using var clients = new KafkaClients(settings.Kafka, message => kafka.Log(isReached ? LogLevel.Warning : LogLevel.Debug, "{Sentence}", message));
        clients.EnsureReachable();
        isReached = true;
        var layout = new TopicLayout(clients, TopicPlans.Of(settings.Kafka, rules.OrderTopics));
        var topics = await layout.ReadAsync().ConfigureAwait(false);
        var findings = await layout.FindAsync(topics, cancellation).ConfigureAwait(false);
        if (!findings.IsEmpty)
            return Refuse(findings, words, error);
        using var metrics = EngineMetrics.Listen();
        try
        {
            var service = await EngineService.StartAsync(settings, rules, clients, topics, logs).ConfigureAwait(false);
            return await ServeToEndAsync(settings, service, metrics, stop, logs.CreateLogger<EngineService>(), error).ConfigureAwait(false);
        }
        catch (JournalInUseException fault)
        {
            error.WriteLine(words.Of(fault.Text));
            return ExitCodes.World;
        }
        catch (IOException fault)
        {
            error.WriteLine(fault.Message);
            return ExitCodes.World;
        }
    }

    /// <summary>Serves, then stops; a stop that was cut short is no clean end, whatever asked for it.</summary>
    private static async Task<int> ServeToEndAsync(EngineSettings settings, EngineService service, MeterProvider metrics, StopSignals stop, ILogger log, TextWriter error)
    {
        int code;
        try
        {
            code = await ServeAsync(settings, service, metrics, stop, log).ConfigureAwait(false);
        }
        catch (IOException taken)
        {
            error.WriteLine(taken.Message);
            code = ExitCodes.World;
        }

        if (await service.StopAsync().ConfigureAwait(false))
            return code;
        log.LogCritical(
            "the stop was cut short after {Limit} s: the broker or the database did not answer in time. Nothing is lost: the next start goes on from the journal",
            settings.Stop.TotalSeconds);
        return ExitCodes.World;
    }

    private static int Refuse(ImmutableArray<TopicFinding> findings, Words words, TextWriter error)
    {
        foreach (var finding in findings)
            error.WriteLine(words.Of(finding.Text));
        if (findings.Any(finding => finding.Fault == TopicFault.Missing))
            error.WriteLine(words.Of("alertengine topics create 会创建缺少的主题", "alertengine topics create makes what is missing"));
        return ExitCodes.World;
    }

    private static async Task<int> ServeAsync(EngineSettings settings, EngineService service, MeterProvider metrics, StopSignals stop, ILogger log)
    {
        using var gauges = new LaneGauges(service.Board, SystemClock.Instance);
        await using var http = await HttpSurface.StartAsync(settings.Urls, service.Board, metrics).ConfigureAwait(false);
        log.LogInformation("running against {Brokers}, health and metrics at {Urls}", settings.Kafka.BootstrapServers, http is null ? "-" : settings.Urls);
        var ended = await Task.WhenAny(service.Failed, stop.Stopped).ConfigureAwait(false);
        if (ended == service.Failed)
        {
            log.LogCritical("{Reason}", await service.Failed.ConfigureAwait(false));
            return ExitCodes.World;
        }

        log.LogInformation("stopping");
        return stop.IsInterrupt ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    /// <summary>SIGTERM and the keyboard, told apart: the former is a clean end, the latter an interruption.</summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly PosixSignalRegistration _terminate;
        private readonly PosixSignalRegistration _interrupt;
        private readonly CancellationTokenRegistration _cancelled;

        public StopSignals(CancellationToken cancellation)
        {
            _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, isInterrupt: false));
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, isInterrupt: true));
            _cancelled = cancellation.Register(() => _stopped.TrySetResult());
        }

        public Task Stopped => _stopped.Task;

        public bool IsInterrupt { get; private set; }

        public void Dispose()
        {
            _terminate.Dispose();
            _interrupt.Dispose();
            _cancelled.Dispose();
        }

        private void Stop(PosixSignalContext signal, bool isInterrupt)
        {
            signal.Cancel = true;
            IsInterrupt |= isInterrupt;
            _stopped.TrySetResult();
        }
    }
}
