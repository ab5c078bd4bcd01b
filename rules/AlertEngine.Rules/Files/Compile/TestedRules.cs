using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Finds the rules that no test names. Test files are read for names only: what is wrong with them is said where they are run.</summary>
internal static class TestedRules
{
    public static void Check(IEnumerable<RuleFile> files, ImmutableArray<SourceFile> tests, DiagnosticBag diagnostics)
    {
        if (tests.IsDefault)
            return;
        HashSet<string> named = new(StringComparer.Ordinal);
        foreach (SourceFile test in tests)
            Collect(YamlDocument.Of(test).Root, named);
        foreach (RuleFile file in files)
        {
            foreach (YamlScalar id in file.Root.Maps("rules").Select(rule => rule.Scalar("id")).OfType<YamlScalar>().Where(id => !named.Contains(id.Value)))
                diagnostics.Report(FileCodes.NoTest, file.Source, id.Span, $"no test names '{id.Value}'");
        }
    }

    private static void Collect(YamlNode? node, HashSet<string> named)
    {
        foreach (YamlNode item in (node as YamlSequence)?.Items ?? [])
            Collect(item, named);
        foreach (YamlEntry entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (entry is { Key.Value: "rule", Value: YamlScalar rule })
                named.Add(rule.Value);
            Collect(entry.Value, named);
        }
    }
}
