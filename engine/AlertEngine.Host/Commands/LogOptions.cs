using System.CommandLine;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Logging;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>The options of commands that log: <c>--log-format</c> and <c>--log-level</c>.</summary>
internal sealed class LogOptions
{
    private static readonly string[] Levels = [.. Enum.GetNames<LogLevel>().Select(name => name.ToLowerInvariant())];

    /// <param name="words">The reader's language.</param>
    /// <param name="format">What <c>--log-format</c> is otherwise, in words.</param>
    /// <param name="level">What <c>--log-level</c> is otherwise, in words.</param>
    public LogOptions(Words words, string format, string level)
    {
        Format = new("--log-format") { Description = words.Of($"标准错误上日志的格式；默认 {format}", $"How the log on standard error is written. Default: {format}.") };
        Format.AcceptOnlyFromAmong("text", "json");
        Level = new("--log-level") { Description = words.Of($"从哪一级起；默认 {level}", $"From which level on. Default: {level}.") };
        Level.AcceptOnlyFromAmong(Levels);
    }

    public Option<string?> Format { get; }

    public Option<string?> Level { get; }

    /// <summary>What was asked for, over what holds otherwise.</summary>
    public LogSettings Read(ParseResult parsed, LogSettings otherwise) => new(
        parsed.GetValue(Format) is { } format ? SettingValues.OneOf<LogFormat>(format) : otherwise.Format,
        parsed.GetValue(Level) is { } level ? SettingValues.OneOf<LogLevel>(level) : otherwise.Level);
}
