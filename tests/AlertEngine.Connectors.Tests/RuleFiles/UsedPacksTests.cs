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

    [Fact]
    public void A_used_pack_is_found_among_the_files_beside_and_files_of_other_packs_stay_out()
    {
        Write("water", "use: [shared]");
        Write("water", "", file: "00-shared", pack: "shared");
        Write("water", "", file: "02-crowd", pack: "crowd");
        Write("shared", "use: [units]");

        Assert.Equal(["water", "shared"], new RuleFileReader().ReadRules([Path.Combine(_root, "water", "water.rules.yaml")]).Select(file => PackNames.Of(file).Pack));
    }

    [Fact]
    public void What_cannot_be_read_is_told_in_a_sentence_each()
    {
        string missing = Path.Combine(_root, "none.rules.yaml"), large = Path.Combine(_root, "large.rules.yaml");
        using (FileStream stream = File.Create(large))
            stream.SetLength(RuleFileReader.FileBytesLimit + 1);
        RuleFileReader reader = new();

        Assert.Empty(reader.ReadRules([missing, large]));
        Assert.Null(reader.ReadCity(missing));
        Assert.Equal(
            [
                $"{missing}: 没有这个文件或文件夹 / no such file or folder", $"{large}: 67108865 字节，上限为 67108864 / 67108865 bytes; the limit is 67108864",
                $"{missing}: 没有这个文件或文件夹 / no such file or folder",
            ],
            reader.Problems);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string folder, string use, string? file = null, string? pack = null)
    {
        string path = Directory.CreateDirectory(Path.Combine(_root, folder)).FullName;
        File.WriteAllText(Path.Combine(path, (file ?? folder) + ".rules.yaml"), $"alertengine: rules/v1\npack: {pack ?? folder}\n{use}\n");
    }

    private IEnumerable<string?> PacksOf(params string[] folders) =>
        new RuleFileReader().ReadRules(folders.Select(folder => Path.Combine(_root, folder))).Select(file => PackNames.Of(file).Pack);
}
