using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Microsoft.Extensions.Logging.Abstractions;
using MicrosoftLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertEngine.Host.Logging;

/// <summary>Hands the log to the actor system, whose loggers are made by name and can be given nothing else.</summary>
internal sealed class AkkaLogSetup(ILoggerFactory logs) : Setup
{
    /// <summary>Where actors log to.</summary>
    public ILoggerFactory Logs { get; } = logs;

    /// <summary>Settings for an actor system that logs from a level on.</summary>
    public static Config Configuration(MicrosoftLevel level) => ConfigurationFactory.ParseString($"""
        akka.loglevel = {LevelOf(level)}
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.loggers = ["{typeof(AkkaLogger).AssemblyQualifiedName}"]
        """);

    private static string LevelOf(MicrosoftLevel level) => level switch
    {
        MicrosoftLevel.Trace or MicrosoftLevel.Debug => "DEBUG",
        MicrosoftLevel.Information => "INFO",
        MicrosoftLevel.Warning => "WARNING",
        MicrosoftLevel.None => "OFF",
        _ => "ERROR",
    };
}

/// <summary>Brings what actors log, with its context as scopes, to the program's log. Owns nothing; told by the actor system.</summary>
internal sealed class AkkaLogger : ReceiveActor
{
    private readonly ILoggerFactory _logs;

    public AkkaLogger()
    {
        _logs = Context.System.Settings.Setup.Get<AkkaLogSetup>() is { HasValue: true, Value: var setup } ? setup.Logs : NullLoggerFactory.Instance;
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    private void Write(LogEvent entry)
    {
        var log = _logs.CreateLogger(entry.LogClass.FullName ?? entry.LogClass.Name);
        string sentence = $"{entry.Message}{CauseOf(entry)}";
        var properties = entry.TryGetProperties(out var named) && named is not null ? named : new Dictionary<string, object>();
        var (scope, about) = LogScope.Part(properties, sentence);
        using (log.BeginScope(scope))
            log.Log(LevelOf(entry.LogLevel()), default, about, null, (state, _) => state.ToString());
    }

    private static MicrosoftLevel LevelOf(Akka.Event.LogLevel level) => level switch
    {
        Akka.Event.LogLevel.DebugLevel => MicrosoftLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => MicrosoftLevel.Information,
        Akka.Event.LogLevel.WarningLevel => MicrosoftLevel.Warning,
        _ => MicrosoftLevel.Error,
    };

    /// <summary>The innermost cause: what wraps it says nothing to an operator.</summary>
    private static string CauseOf(LogEvent entry) => entry.Cause?.GetBaseException() is { } cause ? $" ({cause.GetType().Name}: {cause.Message})" : "";
}
