using Akka.Actor;
using Akka.Event;

namespace AlertEngine.Host.Service;

/// <summary>The actor system's log on standard error: standard output belongs to the facts.</summary>
internal sealed class StandardErrorLogger : ReceiveActor
{
    public StandardErrorLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(entry => Console.Error.WriteLine($"{entry.LogLevel().ToString().Replace("Level", "", StringComparison.Ordinal).ToLowerInvariant()}: {entry.Message}{CauseOf(entry)}"));
    }

    /// <summary>The innermost cause: what wraps it says nothing to an operator.</summary>
    private static string CauseOf(LogEvent entry) => entry.Cause?.GetBaseException() is { } cause ? $" ({cause.GetType().Name}: {cause.Message})" : "";
}
