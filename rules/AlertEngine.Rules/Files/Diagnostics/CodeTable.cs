using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>All codes that a check may report, those of expressions and those of files, with explanations in both languages.</summary>
public static class CodeTable
{
    /// <summary>All codes, in order.</summary>
    public static ImmutableArray<DiagnosticCode> All { get; } = [.. CelCodes.All.Select(FromCel), .. FileCodes.All];

    private static readonly FrozenDictionary<string, DiagnosticCode> ByCode = All.ToFrozenDictionary(code => code.Code, StringComparer.Ordinal);

    /// <summary>The entry of a code, or null.</summary>
    public static DiagnosticCode? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The reference page, as Markdown: one row a code.</summary>
    public static string RenderPage()
    {
        StringBuilder page = new("| code | level | 中文 | English |\n|---|---|---|---|\n");
        foreach (DiagnosticCode code in All)
            page.Append(CultureInfo.InvariantCulture, $"| {code.Code} | {LevelOf(code)} | {Cell(code.Title.Zh, code.Explanation.Zh)} | {Cell(code.Title.En, code.Explanation.En)} |\n");
        return page.ToString();
    }

    private static string LevelOf(DiagnosticCode code) => code.Severity == DiagnosticSeverity.Error ? "error" : "warning";

    private static string Cell(string title, string explanation) =>
        (title == explanation ? $"**{title}**" : $"**{title}** {explanation}").Replace("|", "\\|", StringComparison.Ordinal);

    private static DiagnosticCode FromCel(CelCode code)
    {
        LocalText title = new(code.TitleZh, code.TitleEn);
        return new DiagnosticCode(code.Code, code.Severity == CelSeverity.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning, title, title);
    }
}
