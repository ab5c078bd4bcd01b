using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Console;

namespace AlertEngine.Host.Logging;

/// <summary>The program's log: on standard error, for standard output belongs to the facts.</summary>
internal static class EngineLogs
{
    /// <summary>Opens the log; disposing it writes what is waiting.</summary>
    public static ILoggerFactory Open(LogSettings settings) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(settings.Level);
        // Of the actor system only what is wrong; its own story is not the operator's.
        logging.AddFilter("Akka", level => level >= LogLevel.Warning && level >= settings.Level);
        logging.AddConsoleFormatter<TextLogFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = settings.Format == LogFormat.Json ? ConsoleFormatterNames.Json : TextLogFormatter.FormatterName;
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "O");
            json.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    });

    /// <summary>A sentence under the scope of a lane's stage.</summary>
    public static void Tell(this ILogger log, LogLevel level, int lane, string stage, string sentence)
    {
        using (log.BeginScope(LogScope.Of(lane, stage)))
            log.Log(level, "{Sentence}", sentence);
    }
}
