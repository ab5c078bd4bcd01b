using System.Collections.Immutable;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;

namespace AlertEngine.Engine.Tests.RuleTests;

/// <summary>Test files on the disk.</summary>
internal sealed class DiskTestFiles : ISourceFiles
{
    public SourceFile? Read(string path) => File.Exists(path) ? new SourceFile(path, File.ReadAllText(path)) : null;

    public ImmutableArray<SourceFile> RulesIn(string folder) => [.. Directory.GetFiles(folder, "*.rules.yaml").Order(StringComparer.Ordinal).Select(Read).OfType<SourceFile>()];

    /// <summary>Runs every test file in a folder.</summary>
    public static RuleTestReport RunFolder(string folder) =>
        new RuleTestRunner(new DiskTestFiles()).Run(Directory.GetFiles(folder, "*.test.yaml").Order(StringComparer.Ordinal).Select(path => new SourceFile(path, File.ReadAllText(path))));
}
