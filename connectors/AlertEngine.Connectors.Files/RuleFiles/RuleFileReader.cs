using System.Collections.Immutable;
using System.Text;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Connectors.Files.RuleFiles;

/// <summary>
/// Reads rule files, test files and the city file with all that it names from the disk, as text for the loader: the one reader of every command.
/// What cannot be found or read is told as a sentence in both languages, like a finding, though it is about the world and not about the rules. Not
/// thread-safe.
/// </summary>
public sealed class RuleFileReader : ISourceFiles
{
    /// <summary>The largest rule, test or city file, or table that a city file names: a rule file is written by people and never that large.</summary>
    public const long FileBytesLimit = 64L << 20;

    private const string RulesPattern = "*.rules.yaml";
    private const string TestsPattern = "*.test.yaml";

    // A folder of rules has hundreds; a path given by mistake, the root of a disk, has millions.
    private const int FilesPerFolder = 10_000;
    private const int FoldersDeep = 16;

    private readonly List<string> _problems = [];

    /// <summary>What of the asked-for paths could not be found or read, one sentence each.</summary>
    public ImmutableArray<string> Problems => [.. _problems];

    /// <summary>
    /// The rule files of the paths: files as they are, of folders every <c>*.rules.yaml</c> in them and below; behind them those of the packs
    /// that they use, see <see cref="UsedPacks"/>.
    /// </summary>
    public ImmutableArray<SourceFile> ReadRules(IEnumerable<string> paths) => UsedPacks.AddTo(ReadGivenRules(paths), this);

    /// <summary>The rule files of the paths and no others.</summary>
    public ImmutableArray<SourceFile> ReadGivenRules(IEnumerable<string> paths) => ReadAll(paths, RulesPattern);

    /// <summary>The test files of the paths: files as they are, of folders every <c>*.test.yaml</c> in them and below.</summary>
    public ImmutableArray<SourceFile> ReadTests(IEnumerable<string> paths) => ReadAll(paths, TestsPattern);

    /// <summary>The test files that lie beside the rule files of the paths.</summary>
    public ImmutableArray<SourceFile> ReadTestsBeside(IEnumerable<string> paths) => ReadTests(FoldersOf(paths).Where(Directory.Exists));

    /// <summary>The folders that the paths are or lie in, each once.</summary>
    public static ImmutableArray<string> FoldersOf(IEnumerable<string> paths) =>
        [.. paths.Select(path => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!).Distinct(StringComparer.Ordinal)];

    /// <summary>The city file with what it names; null where it cannot be read. A missing companion is a finding of the check, at its place.</summary>
    public CitySources? ReadCity(string path)
    {
        CitySources? city = CitySources.Read(path, this);
        if (city is null)
            _problems.Add(ProblemOf(path));
        return city;
    }

    /// <inheritdoc />
    public SourceFile? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= FileBytesLimit } ? new SourceFile(path.Replace('\\', '/'), File.ReadAllText(path, Encoding.UTF8)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public ImmutableArray<SourceFile> RulesIn(string folder) =>
        Directory.Exists(Named(folder)) ? [.. Enumerate(folder, RulesPattern, deep: false).Select(Read).OfType<SourceFile>()] : [];

    private ImmutableArray<SourceFile> ReadAll(IEnumerable<string> paths, string pattern)
    {
        var files = ImmutableArray.CreateBuilder<SourceFile>();
        foreach (string path in paths.SelectMany(path => Directory.Exists(path) ? Enumerate(path, pattern, deep: true) : [path]).Distinct(StringComparer.Ordinal))
        {
            if (Read(path) is { } file)
                files.Add(file);
            else
                _problems.Add(ProblemOf(path));
        }

        return files.ToImmutable();
    }

    private IEnumerable<string> Enumerate(string folder, string pattern, bool deep)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = deep, IgnoreInaccessible = true, MaxRecursionDepth = FoldersDeep };
        string[] found = [.. Directory.EnumerateFiles(Named(folder), pattern, options).Take(FilesPerFolder + 1)];
        if (found.Length > FilesPerFolder)
            _problems.Add($"{folder}: {pattern} 多于 {FilesPerFolder} 个 / more than {FilesPerFolder} files {pattern}");
        return found.Order(StringComparer.Ordinal).Take(FilesPerFolder).Select(path => folder.Length == 0 ? Path.GetFileName(path) : path);
    }

    private static string Named(string folder) => folder.Length == 0 ? "." : folder;

    private static string ProblemOf(string path)
    {
        if (!File.Exists(path))
            return $"{path}: 没有这个文件或文件夹 / no such file or folder";
        long bytes = new FileInfo(path).Length;
        return bytes > FileBytesLimit ? $"{path}: {bytes} 字节，上限为 {FileBytesLimit} / {bytes} bytes; the limit is {FileBytesLimit}" : $"{path}: 无法读取 / cannot be read";
    }
}
