using System.Collections.Immutable;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Finds files outside of the project, and reads them as the loader wants them.</summary>
internal static class Shared
{
    /// <summary>A folder beside the checkout; the test is skipped, visibly, where it is not there.</summary>
    public static string Folder(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine([folder.FullName, "shared", .. parts]);
            if (Directory.Exists(candidate))
                return candidate;
        }

        Assert.Skip($"shared/{string.Join('/', parts)} is not beside the checkout");
        return "";
    }

    public static SourceFile File(string path) => new(Path.GetFileName(path), System.IO.File.ReadAllText(path));

    public static CitySources City(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        SourceFile file = File(path);
        return new CitySources(file)
        {
            Folder = folder,
            Companions = CityLoader.CompanionsOf(file).Where(name => System.IO.File.Exists(Path.Combine(folder, name)))
                .ToImmutableDictionary(name => name, name => new SourceFile(name, System.IO.File.ReadAllText(Path.Combine(folder, name)))),
        };
    }
}
