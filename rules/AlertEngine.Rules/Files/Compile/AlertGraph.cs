using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Checks the rules that consume alerts of rules: they exist, and none feeds itself.</summary>
internal static class AlertGraph
{
    public static void Check(IReadOnlyCollection<RuleBlock> blocks, DiagnosticBag diagnostics)
    {
        Dictionary<string, RuleBlock> byId = blocks.ToDictionary(block => block.Id.Value, StringComparer.Ordinal);
        foreach (RuleBlock block in blocks)
        {
            foreach (YamlScalar source in SourcesOf(block))
            {
                if (!byId.ContainsKey(source.Value))
                    ReportUnknownRule(block.File, source, byId.Keys, diagnostics);
                else if (Reaches(byId, source.Value, block.Id.Value))
                    diagnostics.Report(FileCodes.AlertCycle, block.File.Source, source.Span, $"'{block.Id.Value}' takes the alerts of '{source.Value}', which takes those of '{block.Id.Value}'");
            }
        }
    }

    /// <summary>Reports the name of a rule that none of the files has.</summary>
    public static void ReportUnknownRule(RuleFile file, YamlScalar rule, IEnumerable<string> known, DiagnosticBag diagnostics) =>
        diagnostics.ReportNear(FileCodes.UnknownRule, file.Source, rule.Span, $"no rule '{rule.Value}' in the loaded files", Suggestion.Nearest(rule.Value, known));

    private static bool Reaches(Dictionary<string, RuleBlock> byId, string from, string to)
    {
        HashSet<string> seen = [];
        Stack<string> open = new([from]);
        while (open.TryPop(out string? id))
        {
            if (id == to)
                return true;
            if (!seen.Add(id) || !byId.TryGetValue(id, out RuleBlock? block))
                continue;
            foreach (YamlScalar source in SourcesOf(block))
                open.Push(source.Value);
        }

        return false;
    }

    private static IEnumerable<YamlScalar> SourcesOf(RuleBlock block) =>
        block.Sources.Values.Select(source => source.Node).OfType<YamlMapping>().SelectMany(node => node.Scalars("alert"));
}
