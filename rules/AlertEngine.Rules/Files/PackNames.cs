using System.Collections.Immutable;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files;

/// <summary>The pack that a rule file belongs to and the packs it uses, read without a check: so that whoever reads files knows which to read. Immutable.</summary>
/// <param name="Pack">Its pack; null where the file cannot be read or names none.</param>
/// <param name="Uses">The packs of <c>use</c>, as they are written.</param>
public sealed record PackNames(string? Pack, ImmutableArray<string> Uses)
{
    /// <summary>The names that stand in a rule file. What is wrong with the file is said when it is loaded.</summary>
    public static PackNames Of(SourceFile file) =>
        YamlDocument.Of(file).Root is YamlMapping root
            ? new PackNames(root.Text("pack"), [.. root.Scalars("use").Select(used => used.Value)])
            : new PackNames(null, []);
}
