using System.Collections.Immutable;
using System.Text;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Rules.Files;

/// <summary>
/// Reads rule files, test files and the city file from the disk: the one place of the library that does. Files are UTF-8; what cannot be read is
/// told as a text, because it is about the world and not about the rules.
/// </summary>
public sealed class RuleFiles
{
    // A folder of rules has hundreds; a path given by mistake, the root of a disk, has millions.
    private const int FilesPerFolder = 10_000;

    private readonly List<string> _problems = [];

    /// <summary>What could not be found or read, one sentence each.</summary>
    public ImmutableArray<string> Problems => [.. _problems];

    /// <summary>
    /// The rule files of the paths: files as they are, of folders every <c>*.rules.yaml</c> in them and below; behind them those of the packs
    /// that they use, see <see cref="UsedPacks"/>.
    /// </summary>
    public ImmutableArray<SourceFile> ReadRules(IEnumerable<string> paths) =>
        UsedPacks.AddTo(ReadAll(paths, "*.rules.yaml"), folder => Directory.Exists(folder) ? ReadAll([folder], "*.rules.yaml") : []);

    /// <summary>The test files of the paths: files as they are, of folders every <c>*.test.yaml</c> in them and below.</summary>
    public ImmutableArray<SourceFile> ReadTests(IEnumerable<string> paths) => ReadAll(paths, "*.test.yaml");

    /// <summary>The test files that lie beside the rule files of the paths.</summary>
    public ImmutableArray<SourceFile> ReadTestsBeside(IEnumerable<string> paths) => ReadAll(
        paths.Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!).Where(Directory.Exists).Distinct(StringComparer.Ordinal), "*.test.yaml");

    /// <summary>The city file with what it names; null where it cannot be read.</summary>
    public CitySources? ReadCity(string path)
    {
        if (Read(path) is not { } file)
            return null;
        string folder = Path.GetDirectoryName(path) ?? "";
        var companions = ImmutableDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        foreach (string name in CityLoader.CompanionsOf(file))
        {
            // What is missing is a finding of the check, at the place where the city file names it.
            string companion = Path.Combine(folder, name);
            if (File.Exists(companion) && Read(companion) is { } found)
                companions[name] = found;
        }

        return new CitySources(file) { Folder = folder, Companions = companions.ToImmutable() };
    }

    private ImmutableArray<SourceFile> ReadAll(IEnumerable<string> paths, string pattern) =>
        [.. paths.SelectMany(path => Expand(path, pattern)).Distinct(StringComparer.Ordinal).Select(Read).OfType<SourceFile>()];

    private IEnumerable<string> Expand(string path, string pattern)
    {
        if (!Directory.Exists(path))
            return [path];
        EnumerationOptions options = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 16 };
        string[] found = [.. Directory.EnumerateFiles(path, pattern, options).Take(FilesPerFolder + 1).Order(StringComparer.Ordinal)];
        if (found.Length > FilesPerFolder)
            _problems.Add($"{path}: more than {FilesPerFolder} files {pattern}");
        return found.Take(FilesPerFolder);
    }

    private SourceFile? Read(string path)
    {
        try
        {
            return new SourceFile(path.Replace('\\', '/'), File.ReadAllText(path, Encoding.UTF8));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _problems.Add($"{path}: {(File.Exists(path) ? fault.Message : "no such file")}");
            return null;
        }
    }
}
