using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>
/// The codes of findings about files: YAML from AE2001, keys and values from AE2020, names from AE2040, what rules say from AE2060, overrides
/// from AE2090, the city and its tables from AE2110, mappings from AE2140, test files from AE2160, escalation
/// from AE2180.
/// </summary>
public static partial class FileCodes
{
    /// <summary>All of them, in order.</summary>
    public static ImmutableArray<DiagnosticCode> All =>
        [.. new[] { YamlCodes, ShapeCodes, NameCodes, RuleCodes, OverrideCodes, CityCodes, MappingCodes, TestCodes, EscalationCodes }.SelectMany(codes => codes).OrderBy(code => code.Code, StringComparer.Ordinal)];

    private static DiagnosticCode Error(string code, string zh, string en, string whyZh, string whyEn) =>
        new(code, DiagnosticSeverity.Error, new LocalText(zh, en), new LocalText(whyZh, whyEn));

    private static DiagnosticCode Warning(string code, string zh, string en, string whyZh, string whyEn) =>
        new(code, DiagnosticSeverity.Warning, new LocalText(zh, en), new LocalText(whyZh, whyEn));
}
