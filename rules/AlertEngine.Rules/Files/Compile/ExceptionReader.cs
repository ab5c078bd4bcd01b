using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads exceptions of one rule: the fields stand in the rule, the rows there or in overrides.</summary>
internal sealed class ExceptionReader(RuleContext rule)
{
    private readonly Dictionary<string, ImmutableArray<CelType>> _types = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _types.Keys;

    /// <summary>The exceptions; null where something is wrong, which is reported.</summary>
    public ImmutableArray<ExceptionPlan>? Read(Expressions names)
    {
        ImmutableArray<ExceptionPlan>.Builder plans = ImmutableArray.CreateBuilder<ExceptionPlan>();
        bool isFine = true;
        foreach (YamlMapping block in rule.Node.Maps("exceptions"))
        {
            CelExpression?[] fields = [.. block.Scalars("fields").Select(field => names.Compile(field))];
            if (block.Scalar("name") is not { } name || fields.Length == 0 || fields.Contains(null))
            {
                isFine = false;
                continue;
            }

            if (!_types.TryAdd(name.Value, [.. fields.Select(field => field!.Type)]))
                rule.Report(FileCodes.Duplicate, name, $"the exception '{name.Value}' is there twice");
            plans.Add(new ExceptionPlan(name.Value, [.. fields.Select(field => field!.ToFunction())], Rows(rule.Source, name.Value, block.Find("values"))));
        }

        return isFine ? plans.DrainToImmutable() : null;
    }

    /// <summary>The rows of a list of lists; rows of another length are reported and left out.</summary>
    public ImmutableHashSet<string> Rows(SourceText source, string name, YamlNode? values)
    {
        ImmutableArray<CelType> types = _types[name];
        ImmutableHashSet<string>.Builder rows = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (YamlNode item in (values as YamlSequence)?.Items ?? [])
        {
            if (item is YamlSequence row && row.Items.Length == types.Length && row.Items.All(cell => cell is YamlScalar))
            {
                CheckCells(source, row, types);
                rows.Add(string.Join(ExceptionPlan.RowSeparator, row.Items.Cast<YamlScalar>().Select((cell, i) => TextOf(cell, types[i]))));
            }
            else
            {
                rule.Diagnostics.Report(FileCodes.RowSize, source, item.Span, $"a row of {types.Length} value{(types.Length == 1 ? "" : "s")} in brackets is expected");
            }
        }

        return rows.ToImmutable();
    }

    private void CheckCells(SourceText source, YamlSequence row, ImmutableArray<CelType> types)
    {
        for (int i = 0; i < types.Length; i++)
        {
            var cell = (YamlScalar)row.Items[i];
            bool isScalarType = types[i] == CelType.Double || types[i] == CelType.Int || types[i] == CelType.Bool || types[i] == CelType.Duration;
            if (isScalarType && ValueTypes.Read(cell, types[i]) is null)
                rule.Diagnostics.Report(FileCodes.CellType, source, cell.Span, $"'{cell.Value}' is no {(types[i] == CelType.Duration ? "duration" : types[i].Name)}, which the field is");
        }
    }

    // As the engine writes the value of the field, so that the two can be compared.
    private static string TextOf(YamlScalar cell, CelType type) =>
        type == CelType.String ? cell.Value : CelFormat.Text(ValueTypes.Read(cell, type) ?? ValueTypes.ReadCore(cell).Value);
}
