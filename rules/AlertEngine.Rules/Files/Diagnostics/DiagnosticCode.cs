namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The files cannot be used.</summary>
    Error = 0,

    /// <summary>The files work, but probably not as they were meant.</summary>
    Warning,
}

/// <summary>One code of a finding about files, for messages and for the reference page. Codes are permanent.</summary>
/// <param name="Code"><c>AE2001</c> to <c>AE2199</c>; those of expressions are <c>AE1001</c> to <c>AE1199</c>.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Title">The message in short; in Chinese it is the message itself.</param>
/// <param name="Explanation">Why it is so and what to do.</param>
public sealed record DiagnosticCode(string Code, DiagnosticSeverity Severity, Matching.LocalText Title, Matching.LocalText Explanation);
