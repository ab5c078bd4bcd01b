using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel;

/// <summary>How bad a finding is.</summary>
public enum CelSeverity
{
    /// <summary>The expression cannot be used.</summary>
    Error,

    /// <summary>The expression works, but probably not as it was meant.</summary>
    Warning,
}

/// <summary>One finding about an expression: a code, a place, the message in two languages and, where it is known, the fix.</summary>
/// <param name="Code"><c>AE1001</c> to <c>AE1199</c>; <see cref="CelCodes"/> lists them all.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Start">Where it begins in the source, in UTF-16 units from 0.</param>
/// <param name="Length">How long the place is, at least 0.</param>
/// <param name="MessageEn">The message in English.</param>
/// <param name="MessageZh">The message in Chinese.</param>
public sealed record CelDiagnostic(string Code, CelSeverity Severity, int Start, int Length, string MessageEn, string MessageZh)
{
    /// <summary>What to write instead, in English; null where it is not known.</summary>
    public string? FixEn { get; init; }

    /// <summary>What to write instead, in Chinese; null where it is not known.</summary>
    public string? FixZh { get; init; }

    /// <summary>The text that would replace the place, where the fix is a plain replacement; null otherwise.</summary>
    public string? Replacement { get; init; }

    /// <summary>Both languages and the fix on one line, as <c>rules check</c> prints them.</summary>
    public override string ToString() => $"{Code} {MessageZh} / {MessageEn}{(FixEn is null ? "" : "; " + FixEn)}";
}

/// <summary>What compiling an expression gives: the expression, or the reasons why there is none.</summary>
/// <param name="Expression">The checked expression; null where <paramref name="Diagnostics"/> holds an error.</param>
/// <param name="Diagnostics">The first error first, then warnings by position. At most one error: what follows the first is usually its echo.</param>
public sealed record CelCompilation(CelExpression? Expression, ImmutableArray<CelDiagnostic> Diagnostics)
{
    /// <summary>The error, or null.</summary>
    public CelDiagnostic? Error => Diagnostics.FirstOrDefault(finding => finding.Severity == CelSeverity.Error);
}
