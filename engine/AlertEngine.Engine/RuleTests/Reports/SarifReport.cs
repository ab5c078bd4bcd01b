using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>What failed as SARIF 2.1.0, which code hosts show beside the lines: errors of files, and expectations that were not met.</summary>
public static class SarifReport
{
    /// <summary>The code of an expectation that was not met.</summary>
    public const string FailureCode = "AE2163";

    /// <summary>The whole report.</summary>
    public static string Render(RuleTestReport report) =>
        SarifRenderer.Render([.. report.Files.SelectMany(file => file.Diagnostics.IsEmpty ? Failures(file) : file.Diagnostics)]);

    private static IEnumerable<RuleDiagnostic> Failures(RuleTestFileResult file) =>
        file.Tests.SelectMany(test => test.Failures.Select(failure => new RuleDiagnostic
        {
            File = file.Name,
            Line = failure.Line,
            Column = failure.Column,
            Length = 1,
            Code = FailureCode,
            Severity = DiagnosticSeverity.Error,
            MessageZh = $"测试失败：{test.Name}",
            Fix = Hint(failure, hint => hint.En),
            FixZh = Hint(failure, hint => hint.Zh),
            MessageEn = $"{test.Name}: {failure.List}{(failure.At is { } at ? $" at {DurationText.Format(at)}" : "")}: {string.Join("; ", failure.Differences.Select(Text))}",
        }));

    private static string? Hint(RuleTestFailure failure, Func<LocalText, string> language) =>
        failure.Hints.IsEmpty ? null : string.Join("; ", failure.Hints.Select(language));

    private static string Text(RuleTestDifference difference) => $"expected {difference.Expected ?? "nothing"}, actual {difference.Actual ?? "nothing"}";
}
