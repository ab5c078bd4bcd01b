using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AlertEngine.Host.Logging;

/// <summary>One line for people: <c>08:00:00.000Z warning lane=3 stage=publish: a publication …</c>. The framework's own takes two lines and no order of scopes.</summary>
internal sealed class TextLogFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which it is chosen.</summary>
    public const string FormatterName = "alertengine";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(TimeProvider.System.GetUtcNow().ToString("HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel.ToString().ToLowerInvariant());
        scopeProvider?.ForEachScope(WriteScope, textWriter);
        textWriter.Write(": ");
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
    }

    private static void WriteScope(object? scope, TextWriter writer)
    {
        if (scope?.ToString() is not { Length: > 0 } text)
            return;
        writer.Write(' ');
        writer.Write(text);
    }
}
