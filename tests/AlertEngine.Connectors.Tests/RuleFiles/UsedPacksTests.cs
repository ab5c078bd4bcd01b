using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Rules.Files;
using Xunit;

namespace AlertEngine.Connectors.Tests.RuleFiles;

/// <summary>Goal: a pack can be named alone. Method: folders made for the test; what is found is told by file names.</summary>
public sealed class UsedPacksTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("alertengine-packs-").FullName;

    [Fact]
    public void A_used_pack_is_found_in_the_folder_of_its_name_beside()
    {
        Write("water", "use: [shared]");
        Write("shared", "");
        Assert.Equal(["water", "shared"], PacksOf("water"));
    }

    [Fact]
    public void Packs_that_used_packs_use_are_found_too_and_circles_end()
    {
        Write("water", "use: [shared]");
        Write("shared", "use: [units]");
        Write("units", "use: [water, shared]");
        Assert.Equal(["water", "shared", "units"], PacksOf("water"));
    }

    [Fact]
    public void A_pack_that_was_given_is_not_read_twice()
    {
        Write("water", "use: [shared]");
        Write("shared", "");
        Assert.Equal(["shared", "water"], PacksOf("shared", "water"));
    }

    [Fact]
    public void A_name_that_is_a_path_leads_nowhere()
    {
        Write("water", "use: ['../elsewhere', missing]");
        Write("elsewhere", "");
        Assert.Equal(["water"], PacksOf("water"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string pack, string use)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, pack)).FullName;
        File.WriteAllText(Path.Combine(folder, pack + ".rules.yaml"), $"alertengine: rules/v1\npack: {pack}\n{use}\n");
    }

    private IEnumerable<string?> PacksOf(params string[] folders) =>
        RuleFileReader.ReadRules(folders.Select(folder => Path.Combine(_root, folder))).Select(file => PackNames.Of(file).Pack);
}
