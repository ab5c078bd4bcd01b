using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles the <c>detect</c> block of a rule, whichever of the ten it is.</summary>
internal static class DetectCompiler
{
    /// <summary>The compiled block; null where something in it is wrong, which is reported.</summary>
    public static DetectPlan? Compile(RuleContext rule)
    {
        if (rule.Node.Map("detect") is not { Entries: [{ Value: YamlMapping node } only] })
            return null;
        SourceBlock source = rule.Block.Sources[rule.Node];
        Expressions names = rule.Names.WithEvent(source.Types);
        DetectBlock block = new(rule, only.Key.Value, node, names);
        return only.Key.Value switch
        {
            "each" => Single(block, source, EachBlock.Compile(block)),
            "hold" => Single(block, source, HoldBlock.Compile(block)),
            "count" => Single(block, source, CountBlock.Compile(block)),
            "distinct" => Single(block, source, DistinctBlock.Compile(block)),
            "aggregate" => Single(block, source, AggregateBlock.Compile(block)),
            "change" => Single(block, source, ChangeBlock.Compile(block)),
            "absence" => Single(block, source, AbsenceBlock.Compile(block)),
            "sequence" => SequenceBlock.Compile(block),
            "correlate" => CorrelateBlock.Compile(block),
            "baseline" => Single(block, source, BaselineBlock.Compile(block)),
            _ => null,
        };
    }

    // A detector that reads the rule's own source.
    private static DetectPlan? Single(DetectBlock block, SourceBlock source, Detector? detector)
    {
        KeyPlan? key = KeyPlan.Read(block.Rule, block.Rule.Node, block.Names, KeyPlan.Device);
        if (detector is null || key is null)
            return null;
        Expressions names = detector.Names is { } own ? block.Names.With(own.Name, own) : block.Names;
        return new DetectPlan(detector, [new KeyedSource(source.Selector, key)], names, block.Conditions);
    }
}
