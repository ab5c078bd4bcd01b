using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>
/// Reads what the alerts of a rule ask to be broadcast. Its texts see the event, its device, <c>ctx</c>, <c>params</c> and <c>alert</c>, not the names of the
/// detector: what was held back is broadcast when nothing of that is at hand any more.
/// </summary>
internal sealed class BroadcastReader(RuleContext rule)
{
    /// <summary>The plans; those that are wrong are left out and reported.</summary>
    public ImmutableArray<BroadcastPlan> Read()
    {
        Expressions names = rule.Names.WithEvent(rule.Block.Types).With("alert", AlertRecord.Type).Tolerant();
        HashSet<string> audiences = new(StringComparer.Ordinal);
        ImmutableArray<BroadcastPlan>.Builder plans = ImmutableArray.CreateBuilder<BroadcastPlan>();
        foreach (YamlMapping block in rule.Node.Maps("broadcast"))
        {
            if (block.Scalar("audience") is not { } audience)
                continue;
            if (!audiences.Add(audience.Value))
                rule.Report(FileCodes.Duplicate, audience, $"the audience '{audience.Value}' is addressed twice");
            if (TitleCompiler.Compile(rule, names, block.Find("text"), "a text") is { } text)
                plans.Add(new BroadcastPlan(audience.Value, SeverityReader.Word(block.Text("severity_from")) ?? Severity.Blue, text));
        }

        return plans.DrainToImmutable();
    }
}
