using System.Collections.Immutable;
using System.Text;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Connectors.Files.RuleFiles;

/// <summary>
/// Reads rule files and the city file with all that it names, as text for the loader. Files above the limit are refused before they are read,
/// because a rule file is written by people and never that large.
/// </summary>
public static class RuleFileReader
{
    /// <summary>The largest rule, test or city file.</summary>
    public const long FileBytesLimit = 64L << 20;

    /// <summary>The ending of rule files.</summary>
    public const string RulesEnding = ".rules.yaml";

    /// <summary>The ending of test files.</summary>
    public const string TestsEnding = ".test.yaml";

    /// <summary>The files with an ending in these files and folders, folders in depth, in the order of their names.</summary>
    /// <param name="paths">Files, taken whatever they are called, and folders.</param>
    /// <param name="ending">What the files of a folder must end in.</param>
    /// <exception cref="IOException">A path does not exist, or cannot be read, or a file is too large.</exception>
    public static ImmutableArray<SourceFile> Read(IEnumerable<string> paths, string ending) => [.. paths.SelectMany(path => Expand(path, ending)).Distinct().Select(ReadFile)];

    /// <summary>The rule files in these files and folders, and those of the packs that they use and that lie in a folder of that name beside theirs.</summary>
    /// <param name="paths">As for <see cref="Read"/>.</param>
    /// <exception cref="IOException">A path does not exist, or cannot be read, or a file is too large.</exception>
    public static ImmutableArray<SourceFile> ReadRules(IEnumerable<string> paths) =>
        UsedPacks.AddTo(Read(paths, RulesEnding), folder => Directory.Exists(folder) ? Read([folder], RulesEnding) : []);

    /// <summary>The city file and the files that it names; one that is missing is left to the check, which says so with its position.</summary>
    /// <exception cref="IOException">The city file cannot be read, or a file is too large.</exception>
    public static CitySources ReadCity(string path)
    {
        SourceFile file = ReadFile(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        var companions = ImmutableDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        foreach (string name in CityLoader.CompanionsOf(file))
        {
            string companion = Path.Combine(folder, name);
            if (File.Exists(companion))
                companions[name] = new SourceFile(name, ReadFile(companion).Text);
        }

        return new CitySources(file) { Companions = companions.ToImmutable(), Folder = folder };
    }

    private static IEnumerable<string> Expand(string path, string ending)
    {
        if (Directory.Exists(path))
            return Directory.EnumerateFiles(path, "*" + ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return File.Exists(path) ? [path] : throw new FileNotFoundException($"{path}: there is no such file or folder", path);
    }

    private static SourceFile ReadFile(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= FileBytesLimit
            ? new SourceFile(path, File.ReadAllText(path, Encoding.UTF8))
            : throw new IOException($"{path}: {length} bytes; the limit is {FileBytesLimit}");
    }
}
