namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>One finding about a file: a place, a code, the message in both languages and, where it is known, the fix. Immutable.</summary>
public sealed record RuleDiagnostic
{
    /// <summary>The file's name.</summary>
    public required string File { get; init; }

    /// <summary>The line, from 1; 0 where the finding is about no line.</summary>
    public required int Line { get; init; }

    /// <summary>The column in UTF-16 units, from 1; 0 likewise.</summary>
    public required int Column { get; init; }

    /// <summary>How long the place is, in UTF-16 units, at least 0; it ends with its line.</summary>
    public required int Length { get; init; }

    /// <summary>Where in the place the caret points, in UTF-16 units from its beginning. Default 0.</summary>
    public int CaretOffset { get; init; }

    /// <summary>The code: <c>AE1…</c> of expressions, <c>AE2…</c> of files.</summary>
    public required string Code { get; init; }

    /// <summary>Error or warning.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>The message in Chinese.</summary>
    public required string MessageZh { get; init; }

    /// <summary>The message in English.</summary>
    public required string MessageEn { get; init; }

    /// <summary>What to write instead, in Chinese; null where it is not known.</summary>
    public string? FixZh { get; init; }

    /// <summary>What to write instead, in English; null where it is not known.</summary>
    public string? Fix { get; init; }

    /// <summary>The text that would replace the place, where the fix is a plain replacement; null otherwise.</summary>
    public string? Replacement { get; init; }

    /// <summary>The line's text, for the rendering; empty where the finding is about no line.</summary>
    public string LineText { get; init; } = "";

    /// <summary>Whether the files cannot be used.</summary>
    public bool IsError => Severity == DiagnosticSeverity.Error;

    /// <summary>The first line of the rendering: place, code, both messages and the fix.</summary>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $":{Line}:{Column}" : "")} {Code} {MessageZh} / {MessageEn}{(Fix is null ? "" : "; " + Fix)}";
}
