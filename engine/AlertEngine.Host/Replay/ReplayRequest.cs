using System.Collections.Immutable;
using AlertEngine.Host.Logging;
using NodaTime;

namespace AlertEngine.Host.Replay;

/// <summary>What a replay was asked for.</summary>
internal sealed record ReplayRequest
{
    /// <summary>Event files.</summary>
    public required ImmutableArray<string> Events { get; init; }

    /// <summary>Files of commands and feedback.</summary>
    public ImmutableArray<string> Commands { get; init; } = [];

    /// <summary>A mapping file, where the events are not CloudEvents.</summary>
    public string? Mapping { get; init; }

    /// <summary>Rule files and folders.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>The city file; null: every district and unit is accepted.</summary>
    public string? City { get; init; }

    /// <summary>Where the outputs go.</summary>
    public required string Out { get; init; }

    /// <summary>No log: a replay tells what came of it.</summary>
    public static LogSettings Quiet { get; } = new(LogFormat.Text, LogLevel.None);

    /// <summary>The log.</summary>
    public LogSettings Log { get; init; } = Quiet;

    /// <summary>The lateness of rules that state none.</summary>
    public Duration Lateness { get; init; } = Duration.FromSeconds(5);
}

/// <summary>Why a replay could not begin: what the user has to mend.</summary>
internal sealed class ReplayRefusedException(string message, int exitCode) : Exception(message)
{
    /// <summary>The program's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
