using System.Collections.Immutable;

namespace AlertEngine.Rules.Files;

/// <summary>
/// Finds the packs that rule files <c>use</c> and nobody gave: among the rule files beside the one that uses them, else in the folder of the
/// pack's name beside its folder, as the packs that ship lie. So one pack can be checked, tested or run by its own path. What is not found there
/// is left to the loader, which says so.
/// </summary>
public static class UsedPacks
{
    // Longer names are no names, and would only be looked for.
    private const int NameCharsLimit = 100;

    /// <summary>The files and, behind them, those of the packs they use, and of the packs these use.</summary>
    /// <param name="given">The files that were asked for.</param>
    /// <param name="files">Where others are looked for.</param>
    public static ImmutableArray<SourceFile> AddTo(ImmutableArray<SourceFile> given, ISourceFiles files)
    {
        List<SourceFile> all = [.. given];
        List<PackNames> names = [.. given.Select(PackNames.Of)];
        HashSet<string> known = new(names.Select(file => file.Pack).OfType<string>(), StringComparer.Ordinal);
        // Each pack is looked for once, so the walk ends however packs use each other.
        for (int index = 0; index < all.Count; index++)
        {
            foreach (string used in names[index].Uses.Where(name => IsName(name) && known.Add(name)))
            {
                foreach ((SourceFile file, PackNames found) in Find(used, all[index].Name, files))
                {
                    all.Add(file);
                    names.Add(found);
                }
            }
        }

        return [.. all];
    }

    private static IEnumerable<(SourceFile File, PackNames Names)> Find(string pack, string user, ISourceFiles files)
    {
        string folder = Path.GetDirectoryName(user) ?? "";
        (SourceFile, PackNames)[] beside = [.. OfPack(pack, folder, files)];
        return beside.Length != 0 ? beside : OfPack(pack, Path.Combine(Parent(folder), pack), files);
    }

    private static IEnumerable<(SourceFile File, PackNames Names)> OfPack(string pack, string folder, ISourceFiles files) =>
        files.RulesIn(folder).Select(file => (File: file, Names: PackNames.Of(file))).Where(found => found.Names.Pack == pack);

    // A name and not a path: a rule file chooses no folder elsewhere.
    private static bool IsName(string text) => text.Length is > 0 and <= NameCharsLimit && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string Parent(string folder)
    {
        string? parent = Path.GetDirectoryName(folder);
        return string.IsNullOrEmpty(parent) || Path.GetFileName(folder) is "." or ".." ? Path.Combine(folder, "..") : parent;
    }
}
