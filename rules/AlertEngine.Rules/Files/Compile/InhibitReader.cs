using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads the inhibitions of a file.</summary>
internal sealed class InhibitReader(Expressions names, Action<YamlScalar> reportUnknownRule, IReadOnlySet<string> knownRules)
{
    /// <summary>One inhibition; null where something is wrong, which is reported.</summary>
    public InhibitPlan? Read(YamlMapping block)
    {
        if (block.Map("source") is not { } source || block.Map("target") is not { } target)
            return null;
        (AlertSelector holder, AlertSelector held) = (Selector(source), Selector(target));
        YamlScalar[] labels = [.. block.Scalars("equal")];
        CelExpression?[] equal = [.. labels.Select(label => names.Compile(label))];
        return equal.Contains(null) ? null : new InhibitPlan(holder, held, [.. equal.Select(label => label!.ToFunction())], [.. labels.Select(label => label.Value)]);
    }

    private AlertSelector Selector(YamlMapping block)
    {
        ImmutableArray<string>.Builder rules = ImmutableArray.CreateBuilder<string>();
        foreach (YamlScalar rule in block.Scalars("rule").Concat(block.Scalars("rules")))
        {
            if (!knownRules.Contains(rule.Value))
                reportUnknownRule(rule);
            rules.Add(rule.Value);
        }

        return new AlertSelector(rules.DrainToImmutable(), SeverityReader.Word(block.Text("below")));
    }
}
