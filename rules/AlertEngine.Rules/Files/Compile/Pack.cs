using System.Collections.Immutable;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>A rule file that was read.</summary>
internal sealed record RuleFile(SourceText Source, YamlMapping Root);

/// <summary>A definition of a pack: where it stands and what it says.</summary>
internal sealed record Definition(RuleFile File, Pack Pack, YamlScalar Key, YamlMapping Block);

/// <summary>What a pack defines, of all its files together. Filled by <see cref="PackTable"/>, read-only afterwards.</summary>
internal sealed class Pack(string name)
{
    public string Name { get; } = name;

    public Dictionary<string, Definition> Events { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Definition> Lists { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Definition> Macros { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Definition> Slas { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Definition> Groups { get; } = new(StringComparer.Ordinal);

    public List<Pack> Uses { get; } = [];

    /// <summary>This pack, then those it uses, and those they use, each once: the nearest definition of a name counts.</summary>
    public ImmutableArray<Pack> Visible => _visible ??= FindVisible();

    private ImmutableArray<Pack>? _visible;

    /// <summary>The nearest definition of a name.</summary>
    public Definition? Find(Func<Pack, Dictionary<string, Definition>> part, string name)
    {
        foreach (Pack pack in Visible)
        {
            if (part(pack).TryGetValue(name, out Definition? found))
                return found;
        }

        return null;
    }

    /// <summary>All names that can be seen, each with its nearest definition.</summary>
    public IEnumerable<Definition> All(Func<Pack, Dictionary<string, Definition>> part) =>
        Visible.SelectMany(pack => part(pack).Values).DistinctBy(definition => definition.Key.Value);

    private ImmutableArray<Pack> FindVisible()
    {
        List<Pack> visible = [this];
        for (int i = 0; i < visible.Count; i++)
            visible.AddRange(visible[i].Uses.Where(used => !visible.Contains(used)).ToList());
        return [.. visible];
    }
}
