using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Gathers the packs of all files, and finds what they define twice.</summary>
internal sealed class PackTable(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, Pack> _packs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Definition> _eventTypes = new(StringComparer.Ordinal);

    public IEnumerable<Pack> Packs => _packs.Values;

    /// <summary>All event types: they are the events' own names, and so the same in all packs.</summary>
    public IReadOnlyDictionary<string, Definition> EventTypes => _eventTypes;

    public static PackTable Of(IEnumerable<RuleFile> files, DiagnosticBag diagnostics)
    {
        PackTable table = new(diagnostics);
        List<RuleFile> all = [.. files];
        foreach (RuleFile file in all)
            table.Add(file);
        foreach (RuleFile file in all)
            table.Connect(file);
        return table;
    }

    public Pack? PackOf(RuleFile file) => file.Root.Text("pack") is { } name ? _packs.GetValueOrDefault(name) : null;

    private void Add(RuleFile file)
    {
        if (file.Root.Text("pack") is not { } name)
            return;
        if (!_packs.TryGetValue(name, out Pack? pack))
            _packs.Add(name, pack = new Pack(name));
        Define(file, pack, "events", pack.Events);
        Define(file, pack, "events", _eventTypes);
        Define(file, pack, "lists", pack.Lists);
        Define(file, pack, "macros", pack.Macros);
        Define(file, pack, "sla", pack.Slas);
        Define(file, pack, "groups", pack.Groups);
    }

    private void Define(RuleFile file, Pack pack, string block, Dictionary<string, Definition> definitions)
    {
        foreach (YamlEntry entry in file.Root.Entries(block))
        {
            if (entry.Value is not YamlMapping body)
                continue;
            string name = entry.Key.Value;
            if (!definitions.TryAdd(name, new Definition(file, pack, entry.Key, body)))
                diagnostics.Report(FileCodes.Duplicate, file.Source, entry.Key.Span, $"'{name}' is defined in {PlaceOf(definitions[name])} already");
        }
    }

    private void Connect(RuleFile file)
    {
        if (PackOf(file) is not { } pack)
            return;
        foreach (YamlScalar used in file.Root.Scalars("use"))
        {
            if (!_packs.TryGetValue(used.Value, out Pack? other))
            {
                diagnostics.ReportNear(FileCodes.UnknownPack, file.Source, used.Span, $"no pack '{used.Value}' among the loaded files", Suggestion.Nearest(used.Value, _packs.Keys));
            }
            else if (other != pack && !pack.Uses.Contains(other))
            {
                pack.Uses.Add(other);
            }
        }
    }

    private static string PlaceOf(Definition definition) =>
        $"{definition.File.Source.Name}:{definition.File.Source.PositionOf(definition.Key.Span.Start).Line}";
}
