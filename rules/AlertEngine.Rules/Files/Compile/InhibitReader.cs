using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads the inhibitions of a file.</summary>
internal sealed class InhibitReader(Expressions names, SourceText source, DiagnosticBag diagnostics, Action<YamlScalar> checkRule)
{
    private static readonly string[] RuleKeys = ["rule", "rules"];

    /// <summary>One inhibition; null where something is wrong, which is reported.</summary>
    public InhibitPlan? Read(YamlMapping block)
    {
        if (block.Map("source") is not { } holding || block.Map("target") is not { } target)
            return null;
        (AlertSelector holder, AlertSelector held) = (Selector(holding), Selector(target));
        if (held.Below == Severity.Blue)
            diagnostics.Report(FileCodes.OutOfRange, source, target.Scalar("below")!.Span, "no alert is below blue");
        YamlScalar[] labels = [.. block.Scalars("equal")];
        CelExpression?[] equal = [.. labels.Select(label => names.Compile(label))];
        return equal.Contains(null) ? null : new InhibitPlan(holder, held, [.. equal.Select(label => label!.ToFunction())], [.. labels.Select(label => label.Value)]);
    }

    // A selector without rules would select every alert of the city, and one slip would silence it.
    private AlertSelector Selector(YamlMapping block)
    {
        YamlEntry[] given = [.. RuleKeys.Select(block.Entry).OfType<YamlEntry>()];
        if (given.Length != 1)
            diagnostics.Report(FileCodes.NotOne, source, given.Length == 0 ? ShapeChecker.HeadOf(block) : given[1].Key.Span, "source and target take exactly one of rule, rules");
        ImmutableArray<string>.Builder rules = ImmutableArray.CreateBuilder<string>();
        foreach (YamlScalar rule in RuleKeys.SelectMany(block.Scalars))
        {
            checkRule(rule);
            rules.Add(rule.Value);
        }

        return new AlertSelector(rules.DrainToImmutable(), SeverityReader.Word(block.Text("below")));
    }
}
