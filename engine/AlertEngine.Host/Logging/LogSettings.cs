namespace AlertEngine.Host.Logging;

/// <summary>How a line of the log is written.</summary>
internal enum LogFormat
{
    /// <summary>For people: time, level, scopes, sentence.</summary>
    Text = 0,

    /// <summary>For machines: one JSON object a line, scopes and values apart.</summary>
    Json,
}

/// <summary>The log: how it is written and from which level on.</summary>
internal sealed record LogSettings(LogFormat Format, LogLevel Level);
