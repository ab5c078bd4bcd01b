using System.Collections.Immutable;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Reads the files that test files name: reading is the host's business.</summary>
public interface ITestFiles
{
    /// <summary>The text of a file; null where it cannot be read.</summary>
    string? Read(string path);

    /// <summary>The rule files in a folder, in the order of their names; empty where there are none.</summary>
    ImmutableArray<string> RuleFilesIn(string folder);
}
