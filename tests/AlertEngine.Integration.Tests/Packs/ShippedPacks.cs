using System.Collections.Immutable;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Integration.Tests.Packs;

/// <summary>The packs of this checkout.</summary>
internal static class ShippedPacks
{
    /// <summary>The folder <c>rules</c>.</summary>
    public static string Rules { get; } = Path.Combine(Repository(), "rules");

    /// <summary>The folder of a pack.</summary>
    public static string Folder(string pack) => Path.Combine(Rules, "packs", pack);

    /// <summary>Nanjing's city file.</summary>
    public static CitySources City() => new RuleFileReader().ReadCity(Path.Combine(Folder("nanjing"), "city.yaml"))!;

    /// <summary>A pack with what it uses, its tests, and a city.</summary>
    public static LoadResult Load(string pack, CitySources? city) => RuleLoader.Load(new RuleSources
    {
        Rules = new RuleFileReader().ReadRules([Folder(pack)]),
        Tests = new RuleFileReader().ReadTests([Folder(pack)]),
        City = city,
    });

    /// <summary>The blocks of YAML on the page about rules that begin with this header.</summary>
    public static ImmutableArray<string> GuideBlocks(string header)
    {
        string page = File.ReadAllText(Path.Combine(Rules, "README.md")).ReplaceLineEndings("\n");
        return [.. page.Split("```yaml\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]).Where(block => block.StartsWith(header, StringComparison.Ordinal))];
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AlertEngine.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("no AlertEngine.sln above the tests");
    }
}
