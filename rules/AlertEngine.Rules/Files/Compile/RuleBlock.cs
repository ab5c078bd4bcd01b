using System.Collections.Immutable;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>A source with where it stands and the types it may give; types that are not declared are left out of them and reported.</summary>
internal sealed record SourceBlock(YamlMapping? Node, SourceSelector Selector, ImmutableArray<string> Types);

/// <summary>A rule before it is compiled: its node and its sources, read first because slots depend on them.</summary>
internal sealed record RuleBlock(RuleFile File, Pack Pack, YamlMapping Node, YamlScalar Id)
{
    /// <summary>The sources by the node that holds the <c>source</c> key: the rule itself, a step, a member.</summary>
    public required ImmutableDictionary<YamlMapping, SourceBlock> Sources { get; init; }

    /// <summary>All types that the rule reads.</summary>
    public ImmutableArray<string> Types => [.. Sources.Values.SelectMany(source => source.Types).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>False where a source names a type that is not declared, or there are too many: what the rule's expressions read is then not known.</summary>
    public bool IsReadable { get; init; }
}
