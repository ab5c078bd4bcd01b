using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>A parameter of a rule.</summary>
internal sealed record ParamSpec(CelField Field, CelValue Value);

/// <summary>The parameters of a rule, as the record <c>params</c>.</summary>
internal sealed class ParamTable
{
    private readonly ImmutableDictionary<string, ParamSpec> _specs;

    private ParamTable(IEnumerable<ParamSpec> specs)
    {
        ParamSpec[] all = [.. specs];
        _specs = all.ToImmutableDictionary(spec => spec.Field.Name, StringComparer.Ordinal);
        Record = new CelRecordType("params", FrameRecords.Params, all.Select(spec => spec.Field));
        Values = new CelValue[Record.SlotCount];
        foreach (ParamSpec spec in all)
            Values[spec.Field.Slot] = spec.Value;
    }

    public CelRecordType Record { get; }

    /// <summary>The values without overrides. Never written to: overrides copy.</summary>
    public CelValue[] Values { get; }

    public IEnumerable<string> Names => _specs.Keys;

    public static ParamTable Read(RuleFile file, YamlMapping rule, DiagnosticBag diagnostics)
    {
        List<ParamSpec> specs = [];
        foreach (YamlEntry entry in rule.Entries("params"))
        {
            if (entry.Value is YamlMapping block && ReadOne(file, entry.Key.Value, block, specs.Count, diagnostics) is { } spec)
                specs.Add(spec);
        }

        return new ParamTable(specs);
    }

    public ParamSpec? Find(string name) => _specs.GetValueOrDefault(name);

    /// <summary>A value that an override gives a parameter; null where it does not fit, which is reported.</summary>
    public static CelValue? ReadValue(SourceText source, CelField field, YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlScalar scalar || ValueTypes.Read(scalar, field.Type) is not { } value)
        {
            diagnostics.Report(FileCodes.ParamType, source, node.Span, $"'{(node as YamlScalar)?.Value ?? "this"}' is not of type {NameOf(field.Type)}, which '{field.Name}' has");
            return null;
        }

        if (ValueTypes.Measure(value) is { } measure && (measure < field.Minimum || measure > field.Maximum))
        {
            diagnostics.Report(FileCodes.ParamOutOfRange, source, scalar.Span,
                string.Create(CultureInfo.InvariantCulture, $"{scalar.Value} is outside of the range of '{field.Name}', {Bound(field, field.Minimum)} to {Bound(field, field.Maximum)}"));
        }

        return value;
    }

    private static ParamSpec? ReadOne(RuleFile file, string name, YamlMapping block, int slot, DiagnosticBag diagnostics)
    {
        if (block.Scalar("value") is not { } scalar)
            return null;
        CelType type = ValueTypes.Find(block.Text("type")) ?? ValueTypes.Infer(scalar);
        (double? minimum, double? maximum) = ValueTypes.Range(file, block, diagnostics);
        CelField field = new(name, type, slot) { Unit = block.Text("unit"), Minimum = minimum, Maximum = maximum };
        // A value that does not fit is reported; expressions over the parameter are still checked.
        return new ParamSpec(field, ReadValue(file.Source, field, scalar, diagnostics) ?? CelValue.Missing);
    }

    private static string Bound(CelField field, double? bound) =>
        bound is null ? "" : field.Type == CelType.Duration ? Shapes.DurationText.Format(NodaTime.Duration.FromSeconds(bound.Value)) : bound.Value.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(CelType type) => type == CelType.Duration ? "duration" : type.Name;
}
