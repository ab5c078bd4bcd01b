using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Correlate;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>correlate</c>: every member has its own source and condition, all share the rule's key.</summary>
internal static class CorrelateBlock
{
    public static DetectPlan? Compile(DetectBlock block)
    {
        RuleContext rule = block.Rule;
        if (rule.Block.Sources[rule.Node].Node is { } misplaced)
            rule.Report(FileCodes.SourceMisplaced, misplaced, "the members of a correlation have sources of their own");
        YamlEntry[] members = [.. block.Node.Entries("any_of").Where(member => member.Value is YamlMapping)];
        CorrelateKind?[] kinds = [.. members.Select(member => Kind(block, member))];
        CheckCount(block, members);
        Expressions events = rule.Names.WithEvent(rule.Block.Types);
        KeyPlan? key = KeyPlan.Read(rule, rule.Node, events, KeyPlan.Device);
        CelExpression? near = events.Tolerant().Compile(block.Node.Scalar("near"), CelType.Geo);
        if (block.Count("at_least") is not { } atLeast || block.Span("within") is not { } within || block.Span("quiet") is not { } quiet
            || key is null || kinds.Length == 0 || kinds.Contains(null) || !block.IsFine("near", near))
            return null;
        block.Require(block.Node.Scalar("at_least")!, frame => atLeast.TryRead(frame, out long wanted) && wanted > kinds.Length ? new OperandFault(FileCodes.OutOfRange, $"there are {kinds.Length} kinds of members") : null);
        CorrelateOptions options = new([.. kinds.OfType<CorrelateKind>()], atLeast, within, quiet) { Radius = block.Distance("radius"), Near = near?.ToFunction() };
        if (!block.IsFine("radius", options.Radius))
            return null;
        ImmutableArray<KeyedSource> sources = [.. members.Select(member => new KeyedSource(rule.Block.Sources[(YamlMapping)member.Value].Selector, key))];
        return new DetectPlan(new CorrelateDetector(options), sources, events.With("correlate", CorrelateNames.Record), block.Conditions);
    }

    private static CorrelateKind? Kind(DetectBlock block, YamlEntry member)
    {
        YamlMapping node = (YamlMapping)member.Value;
        Expressions names = block.Rule.Names.WithEvent(block.Rule.Block.Sources[node].Types);
        CelCondition? when = block.Condition(node, "when", $"correlate.{member.Key.Value}", names);
        return when is null && node.Find("when") is not null ? null : new CorrelateKind(member.Key.Value, when);
    }

    private static void CheckCount(DetectBlock block, YamlEntry[] members)
    {
        if (members.Length == 0 && block.Node.Map("any_of") is { } none)
            block.Rule.Report(FileCodes.BadListSize, none, "0 members; at least 1 is needed");
        if (members.Length > CorrelateOptions.KindLimit)
            block.Rule.Report(FileCodes.TooManySources, block.Node.Find("any_of")!, $"{members.Length} members; at most {CorrelateOptions.KindLimit} are allowed");
    }
}
