using System.Collections.Immutable;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Finds the packs that rule files use and that the test file does not list, among the rule files beside them: a test names the rules it tests,
/// and <c>use</c> says what those need.
/// </summary>
internal sealed class UsedPacks(ITestFiles files)
{
    /// <summary>The files, and behind them those of the packs that they use, directly or not. What is not found is left to the rule loader to report.</summary>
    public ImmutableArray<SourceFile> Complete(ImmutableArray<SourceFile> rules)
    {
        List<SourceFile> complete = [.. rules];
        HashSet<string> known = [.. rules.Select(PackOf).OfType<string>()];
        Dictionary<string, SourceFile>? beside = null;
        for (int next = 0; next < complete.Count; next++)
        {
            foreach (string pack in UsesOf(complete[next]))
            {
                if (!known.Add(pack))
                    continue;
                beside ??= PacksBeside(rules);
                if (beside.TryGetValue(pack, out SourceFile? found))
                    complete.Add(found);
            }
        }

        return [.. complete];
    }

    private Dictionary<string, SourceFile> PacksBeside(ImmutableArray<SourceFile> rules)
    {
        var packs = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        foreach (string folder in rules.Select(file => Path.GetDirectoryName(file.Name) ?? "").Distinct(StringComparer.Ordinal))
        {
            foreach (string path in files.RuleFilesIn(folder))
            {
                if (files.Read(path) is { } text && PackOf(new SourceFile(path, text)) is { } pack)
                    packs.TryAdd(pack, new SourceFile(path, text));
            }
        }

        return packs;
    }

    private static string? PackOf(SourceFile file) => (RootOf(file)?.Find("pack") as YamlScalar)?.Value;

    private static IEnumerable<string> UsesOf(SourceFile file) =>
        RootOf(file)?.Find("use") is YamlSequence packs ? packs.Items.OfType<YamlScalar>().Select(pack => pack.Value) : [];

    // Faults are reported when the file is loaded.
    private static YamlMapping? RootOf(SourceFile file) => YamlReader.Read(SourceText.From(file.Name, file.Text), new DiagnosticBag()) as YamlMapping;
}
