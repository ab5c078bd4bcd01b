using System.Collections.Immutable;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Rules.Files;

/// <summary>What a rule set is made from, all of it as text. Immutable.</summary>
public sealed record RuleSources
{
    /// <summary>The rule files, in the order in which their findings are reported.</summary>
    public required ImmutableArray<SourceFile> Rules { get; init; }

    /// <summary>The city file with what it names; null: every district, unit, SLA and calendar name is accepted.</summary>
    public CitySources? City { get; init; }

    /// <summary>Test files, of which only the names of the tested rules are read; default: it is not asked whether rules have tests.</summary>
    public ImmutableArray<SourceFile> Tests { get; init; }
}
