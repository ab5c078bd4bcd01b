using System.Collections.Immutable;

namespace AlertEngine.Rules.Files;

/// <summary>
/// Finds the packs that rule files <c>use</c> and nobody gave: pack NAME lies in the folder NAME beside the folder of the file that uses it, as
/// the packs that ship do. So one pack can be checked or run by its own path. What is not found there is left to the loader, which says so.
/// </summary>
public static class UsedPacks
{
    /// <summary>The files and, behind them, those of the packs they use, and of the packs these use.</summary>
    /// <param name="given">The files that were asked for.</param>
    /// <param name="readFolder">The rule files of a folder; none where there is no such folder.</param>
    public static ImmutableArray<SourceFile> AddTo(ImmutableArray<SourceFile> given, Func<string, ImmutableArray<SourceFile>> readFolder)
    {
        List<SourceFile> files = [.. given];
        List<PackNames> names = [.. given.Select(PackNames.Of)];
        HashSet<string> known = new(names.Select(file => file.Pack).OfType<string>(), StringComparer.Ordinal);
        // Each pack is looked for once, so the walk ends however packs use each other.
        for (int index = 0; index < files.Count; index++)
        {
            foreach (string used in names[index].Uses.Where(name => IsName(name) && known.Add(name)))
            {
                ImmutableArray<SourceFile> found = readFolder(Path.Combine(Beside(files[index].Name), used));
                files.AddRange(found);
                names.AddRange(found.Select(PackNames.Of));
            }
        }

        return [.. files];
    }

    // A name and not a path: a rule file chooses no folder elsewhere.
    private static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string Beside(string file)
    {
        string folder = Path.GetDirectoryName(file) ?? "";
        string? parent = Path.GetDirectoryName(folder);
        return string.IsNullOrEmpty(parent) || Path.GetFileName(folder) is "." or ".." ? Path.Combine(folder, "..") : parent;
    }
}
