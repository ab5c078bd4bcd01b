using System.Collections.Immutable;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Files.Diagnostics;

namespace AlertEngine.Rules.Files.Schemas;

/// <summary>A key that may be left out.</summary>
/// <param name="Path">Where it stands: <c>rules[water-level-high].detect.hold.gap</c>, or <c>rules[].detect.hold.gap</c> in general.</param>
/// <param name="Value">What holds then, in words.</param>
/// <param name="Doc">What the key is for.</param>
public sealed record DefaultEntry(string Path, string Value, Matching.LocalText Doc);

/// <summary>Tells what holds where a key is left out: nothing is a silent default. Printed from the shapes.</summary>
public static class DefaultsReport
{
    /// <summary>Every key of a rule file that has a default.</summary>
    public static ImmutableArray<DefaultEntry> OfLanguage() => [.. InGeneral(RuleFileShape.File, "")];

    /// <summary>The defaults that hold in one file: those of the keys that it leaves out.</summary>
    public static ImmutableArray<DefaultEntry> OfFile(SourceFile file) =>
        YamlDocument.Of(file).Root is { } root ? [.. InFile(RuleFileShape.File, root, "")] : [];

    private static IEnumerable<DefaultEntry> InGeneral(Shape shape, string path) => shape switch
    {
        MappingShape mapping => mapping.Keys.SelectMany(key => OfKey(key, path).Concat(InGeneral(key.Value, Join(path, key.Name)))),
        MapShape map => InGeneral(map.Value, Join(path, "NAME")),
        ListShape list => InGeneral(list.Item, path + "[]"),
        EitherShape either => InGeneral(either.Mapping, path),
        _ => [],
    };

    private static IEnumerable<DefaultEntry> InFile(Shape shape, YamlNode node, string path) => (shape, node) switch
    {
        (MappingShape mapping, YamlMapping block) => mapping.Keys.SelectMany(key =>
            block.Find(key.Name) is { } value ? InFile(key.Value, value, Join(path, key.Name)) : mapping.IsChoice ? [] : OfKey(key, path)),
        (MapShape map, YamlMapping block) => block.Entries.SelectMany(entry => InFile(map.Value, entry.Value, Join(path, entry.Key.Value))),
        (ListShape list, YamlSequence items) => items.Items.SelectMany((item, index) => InFile(list.Item, item, $"{path}[{NameOf(item, index)}]")),
        (EitherShape either, YamlMapping) => InFile(either.Mapping, node, path),
        _ => [],
    };

    private static IEnumerable<DefaultEntry> OfKey(KeyShape key, string path) =>
        key.Default is null ? [] : [new DefaultEntry(Join(path, key.Name), key.Default, key.Doc)];

    private static string NameOf(YamlNode item, int index) => (item as YamlMapping)?.Text("id") ?? (item as YamlMapping)?.Text("as") ?? $"{index}";

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
