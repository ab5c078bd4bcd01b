using System.Collections.Immutable;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;

namespace AlertEngine.Engine.Tests.RuleTests;

/// <summary>Files that tests of the runner name, in memory.</summary>
internal sealed class MemoryTestFiles : ITestFiles
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public MemoryTestFiles With(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public string? Read(string path) => _files.GetValueOrDefault(path);

    public ImmutableArray<string> RuleFilesIn(string folder) =>
        [.. _files.Keys.Where(path => (Path.GetDirectoryName(path) ?? "") == folder && path.EndsWith(".rules.yaml", StringComparison.Ordinal))];

    /// <summary>Runs one test file among the others.</summary>
    public RuleTestReport Run(string testText, string name = "t.test.yaml") => new RuleTestRunner(this).Run([new SourceFile(name, testText)]);
}
