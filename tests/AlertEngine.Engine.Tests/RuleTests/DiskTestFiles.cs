using System.Collections.Immutable;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;

namespace AlertEngine.Engine.Tests.RuleTests;

/// <summary>Test files on the disk.</summary>
internal sealed class DiskTestFiles : ITestFiles
{
    public string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    public ImmutableArray<string> RuleFilesIn(string folder) => [.. Directory.GetFiles(folder, "*.rules.yaml").Order(StringComparer.Ordinal)];

    /// <summary>Runs every test file in a folder.</summary>
    public static RuleTestReport RunFolder(string folder) =>
        new RuleTestRunner(new DiskTestFiles()).Run(Directory.GetFiles(folder, "*.test.yaml").Order(StringComparer.Ordinal).Select(path => new SourceFile(path, File.ReadAllText(path))));
}
