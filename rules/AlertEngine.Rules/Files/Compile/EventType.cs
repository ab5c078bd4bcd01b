using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>A declared field of an event type, before it has a slot.</summary>
internal sealed record DeclaredField(
    string Name, CelType Type, string? Unit, double? Minimum, double? Maximum, bool IsOptional, ImmutableArray<string> Path, bool IsSensitive);

/// <summary>A declared event type, before its fields have slots.</summary>
internal sealed record EventType(string Name, ImmutableArray<DeclaredField> Fields)
{
    /// <summary>The type of alerts as events, which nobody declares.</summary>
    public static EventType Alert { get; } =
        new(AlertEvent.Type, [.. AlertEvent.Fields.Select(field => new DeclaredField(field, CelType.String, null, null, null, false, [field], false))]);

    public static EventType Read(Definition definition, DiagnosticBag diagnostics) =>
        new(definition.Key.Value, [.. definition.Block.Entries.Select(entry => ReadField(definition, entry, diagnostics)).OfType<DeclaredField>()]);

    private static DeclaredField? ReadField(Definition definition, YamlEntry entry, DiagnosticBag diagnostics)
    {
        string name = entry.Key.Value;
        if (EventLayout.CommonFields.Any(field => field.Name == name))
        {
            diagnostics.Report(FileCodes.ReservedField, definition.File.Source, entry.Key.Span, $"every event has '{name}' already");
            return null;
        }

        if (entry.Value is not YamlMapping block || ValueTypes.Find(block.Text("type")) is not { } type)
            return null;
        (double? minimum, double? maximum) = ValueTypes.Range(definition.File, block, diagnostics);
        return new DeclaredField(name, type, block.Text("unit"), minimum, maximum, block.Bool("optional") ?? false, PathOf(block, name), block.Bool("sensitive") ?? false);
    }

    private static ImmutableArray<string> PathOf(YamlMapping block, string name) =>
        block.Text("path") is { } pointer
            ? [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : [name];
}
