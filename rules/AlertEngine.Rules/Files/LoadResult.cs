using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files;

/// <summary>What loading gives.</summary>
/// <param name="Rules">The rule set; null where there is an error.</param>
/// <param name="Diagnostics">The findings, first error first within each file.</param>
public sealed record LoadResult(RuleSet? Rules, ImmutableArray<RuleDiagnostic> Diagnostics);
