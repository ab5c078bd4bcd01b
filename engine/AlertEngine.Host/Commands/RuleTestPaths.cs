using System.Collections.Immutable;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;

namespace AlertEngine.Host.Commands;

/// <summary>The test files that a command line names.</summary>
internal static class RuleTestPaths
{
    private const string Pattern = "*" + RuleFileReader.TestsEnding;

    /// <summary>The files in the order of the paths, those of a folder by name; each once. What cannot be read is said, all of it.</summary>
    public static ImmutableArray<SourceFile> Read(ImmutableArray<string> paths, List<string> faults)
    {
        var files = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (string path in paths.SelectMany(path => Expand(path, faults)).Distinct(StringComparer.Ordinal))
        {
            if (new FolderTestFiles().Read(path) is { } text)
                files.Add(new SourceFile(path, text));
            else
                faults.Add($"{path}: cannot be read");
        }

        return files.ToImmutable();
    }

    /// <summary>The folders that the paths are in.</summary>
    public static ImmutableArray<string> FoldersOf(ImmutableArray<string> paths) =>
        [.. paths.Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Expand(string path, List<string> faults)
    {
        if (!Directory.Exists(path))
        {
            if (File.Exists(path))
                return [path];
            faults.Add($"{path}: no such file or folder");
            return [];
        }

        string[] found = Directory.GetFiles(path, Pattern, SearchOption.AllDirectories);
        if (found.Length == 0)
            faults.Add($"{path}: no {Pattern} in this folder");
        return found.Order(StringComparer.Ordinal);
    }
}

/// <summary>Reads what test files name from the disk.</summary>
internal sealed class FolderTestFiles : ITestFiles
{
    public string? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= RuleFileReader.FileBytesLimit } ? File.ReadAllText(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public ImmutableArray<string> RuleFilesIn(string folder) =>
        Directory.Exists(folder.Length == 0 ? "." : folder) ? [.. Directory.GetFiles(folder.Length == 0 ? "." : folder, "*" + RuleFileReader.RulesEnding).Order(StringComparer.Ordinal)] : [];
}
