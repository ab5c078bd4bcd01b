using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads one entry of an override's <c>set</c>.</summary>
internal sealed class OverrideSetting(RuleContext rule, ExceptionReader exceptions, Expressions names, SourceText source)
{
    private static readonly string[] Paths = ["params.", "stage", "severity.base", "severity.raise", "routes", "sla", "exceptions."];

    private Expressions Names => names.In(source);

    /// <summary>What it does to a variant; null where it is wrong, which is reported.</summary>
    public Func<RuleVariant, RuleVariant>? Read(YamlEntry entry)
    {
        string path = entry.Key.Value;
        int errors = rule.Diagnostics.ErrorCount;
        new ShapeChecker(source, rule.Diagnostics).Check(ShapeOf(path), entry.Value);
        if (rule.Diagnostics.ErrorCount > errors)
            return null;
        return path switch
        {
            "stage" => Stage(entry.Value),
            "severity.base" => Base(entry.Value),
            "severity.raise" => Raises(entry.Value),
            "routes" => Routes(entry.Value),
            "sla" => new RuleSla(rule, source).Read(entry.Value) is { } sla ? variant => variant with { Sla = sla } : null,
            _ when path.StartsWith("params.", StringComparison.Ordinal) => Param(entry, path["params.".Length..]),
            _ when path.StartsWith("exceptions.", StringComparison.Ordinal) && path.EndsWith(".values", StringComparison.Ordinal) =>
                Exception(entry, path["exceptions.".Length..^".values".Length]),
            _ => Unknown(entry.Key),
        };
    }

    private static Shape ShapeOf(string path) => path switch
    {
        "stage" => RuleShape.Rule.Find("stage")!.Value,
        "severity.base" => Vocabulary.Severity,
        "severity.raise" => RuleShape.SeverityPlan.Find("raise")!.Value,
        "routes" => RuleShape.Rule.Find("routes")!.Value,
        "sla" => RuleShape.Rule.Find("sla")!.Value,
        _ when path.StartsWith("exceptions.", StringComparison.Ordinal) => RuleShape.Exception.Find("values")!.Value,
        _ => Vocabulary.Any,
    };

    private static Func<RuleVariant, RuleVariant>? Stage(YamlNode node) =>
        node is YamlScalar scalar && Enum.TryParse(scalar.Value, ignoreCase: true, out RuleStage stage) ? variant => variant with { Stage = stage } : null;

    private static Func<RuleVariant, RuleVariant>? Base(YamlNode node) =>
        node is YamlScalar scalar && SeverityReader.Word(scalar.Value) is { } severity
            ? variant => variant with { Severity = variant.Severity with { Base = severity } }
            : null;

    private Func<RuleVariant, RuleVariant>? Raises(YamlNode node)
    {
        Severity above = SeverityReader.Word(rule.Node.Map("severity")?.Text("base")) ?? Severity.Blue;
        IEnumerable<YamlMapping> items = ((node as YamlSequence)?.Items ?? []).OfType<YamlMapping>();
        return new SeverityReader(rule, source, Names).Raises(items, above) is { } raises ? variant => variant with { Severity = variant.Severity with { Raises = raises } } : null;
    }

    private Func<RuleVariant, RuleVariant>? Routes(YamlNode node) =>
        new RouteReader(rule, source, Names.With("alert", AlertRecord.Type)).Read(((node as YamlSequence)?.Items ?? []).OfType<YamlMapping>()) is { } routes
            ? variant => variant with { Routes = routes }
            : null;

    private Func<RuleVariant, RuleVariant>? Param(YamlEntry entry, string name)
    {
        if (rule.Params.Find(name) is not { } spec)
        {
            string? near = Suggestion.Nearest(name, rule.Params.Names);
            rule.Diagnostics.Report(FileCodes.UnknownParam, source, entry.Key.Span, $"the rule has no parameter '{name}'",
                near is null ? null : ShapeChecker.DidYouMean("params." + near), near is null ? null : "params." + near);
            return null;
        }

        if (ParamTable.ReadValue(source, spec.Field, entry.Value, rule.Diagnostics) is not { } value)
            return null;
        return variant =>
        {
            CelValue[] values = [.. variant.Params];
            values[spec.Field.Slot] = value;
            return variant with { Params = values };
        };
    }

    private Func<RuleVariant, RuleVariant>? Exception(YamlEntry entry, string name)
    {
        if (!exceptions.Names.Contains(name))
        {
            rule.Diagnostics.Report(FileCodes.UnknownException, source, entry.Key.Span, $"the rule has no exception '{name}'");
            return null;
        }

        ImmutableHashSet<string> rows = exceptions.Rows(source, name, entry.Value);
        return variant => variant with { Exceptions = [.. variant.Exceptions.Select(plan => plan.Name == name ? plan with { Rows = plan.Rows.Union(rows) } : plan)] };
    }

    private Func<RuleVariant, RuleVariant>? Unknown(YamlScalar key)
    {
        string? near = Suggestion.Nearest(key.Value, Paths.Concat(rule.Params.Names.Select(name => "params." + name)));
        string? bare = rule.Params.Find(key.Value) is null ? null : "params." + key.Value;
        rule.Diagnostics.Report(FileCodes.OverridePath, source, key.Span, $"an override cannot set '{key.Value}'",
            (bare ?? near) is { } fix ? ShapeChecker.DidYouMean(fix) : null, bare ?? near);
        return null;
    }
}
