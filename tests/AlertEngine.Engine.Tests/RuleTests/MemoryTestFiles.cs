using System.Collections.Immutable;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;

namespace AlertEngine.Engine.Tests.RuleTests;

/// <summary>Files that tests of the runner name, in memory.</summary>
internal sealed class MemoryTestFiles : ISourceFiles
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public MemoryTestFiles With(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public SourceFile? Read(string path) => _files.TryGetValue(path, out string? text) ? new SourceFile(path, text) : null;

    public ImmutableArray<SourceFile> RulesIn(string folder) =>
        [.. _files.Where(file => (Path.GetDirectoryName(file.Key) ?? "") == folder && file.Key.EndsWith(".rules.yaml", StringComparison.Ordinal)).Select(file => new SourceFile(file.Key, file.Value))];

    /// <summary>Runs one test file among the others.</summary>
    public RuleTestReport Run(string testText, string name = "t.test.yaml") => new RuleTestRunner(this).Run([new SourceFile(name, testText)]);
}
