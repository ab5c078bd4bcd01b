using System.Collections.Immutable;

namespace AlertEngine.Rules.Files;

/// <summary>Gives the files that other files name. The library reads no disk: whoever has one implements this.</summary>
public interface ISourceFiles
{
    /// <summary>A file; null where it is not there or cannot be read.</summary>
    SourceFile? Read(string path);

    /// <summary>The rule files that lie in a folder itself, by name; empty where there are none.</summary>
    ImmutableArray<SourceFile> RulesIn(string folder);
}
