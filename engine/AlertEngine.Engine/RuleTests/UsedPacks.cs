using System.Collections.Immutable;
using AlertEngine.Rules.Files;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Finds the packs that rule files use and that the test file does not list: among the rule files beside them, or in the folder of that name
/// beside theirs. A test names the rules it tests, and <c>use</c> says what those need.
/// </summary>
internal sealed class UsedPacks(ITestFiles files)
{
    /// <summary>The files, and behind them those of the packs that they use, directly or not. What is not found is left to the rule loader to report.</summary>
    public ImmutableArray<SourceFile> Complete(ImmutableArray<SourceFile> rules)
    {
        List<SourceFile> complete = [.. rules];
        HashSet<string> known = [.. rules.Select(file => PackNames.Of(file).Pack).OfType<string>()];

        // Each pack is looked for once, so the walk ends however packs use each other.
        for (int next = 0; next < complete.Count; next++)
        {
            foreach (string pack in PackNames.Of(complete[next]).Uses.Where(known.Add))
                complete.AddRange(Find(pack, Path.GetDirectoryName(complete[next].Name) ?? ""));
        }

        return [.. complete];
    }

    private IEnumerable<SourceFile> Find(string pack, string folder)
    {
        SourceFile[] found = [.. OfPack(pack, folder)];
        bool isName = pack.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return found.Length != 0 || !isName ? found : OfPack(pack, Path.Combine(folder, "..", pack));
    }

    private IEnumerable<SourceFile> OfPack(string pack, string folder) =>
        files.RuleFilesIn(folder).Select(path => files.Read(path) is { } text ? new SourceFile(path, text) : null).OfType<SourceFile>().Where(file => PackNames.Of(file).Pack == pack);
}
