using System.Collections.Immutable;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;
using Xunit;

namespace AlertEngine.Integration.Tests.Packs;

/// <summary>Goal: the tests beside the shipped rules hold, and so does what the page about rules claims. Method: the runner of <c>rules test</c>.</summary>
public sealed class ShippedPackOwnTests
{
    /// <summary>Packs whose tests are run: those that switch no mode and no scene.</summary>
    public static TheoryData<string> Packs { get; } = [.. new[] { "air", "drone", "eldercare", "fire", "health", "parking", "traffic", "nanjing" }];

    [Theory]
    [MemberData(nameof(Packs))]
    public void The_tests_of_a_pack_hold(string pack) =>
        RequirePassed(new RuleTestRunner(new DiskFiles()).Run(RuleFileReader.Read([ShippedPacks.Folder(pack)], RuleFileReader.TestsEnding)));

    [Fact]
    public void The_tests_on_the_page_about_rules_hold()
    {
        ImmutableArray<string> rules = ShippedPacks.GuideBlocks("alertengine: rules/v1");
        string test = Assert.Single(ShippedPacks.GuideBlocks("alertengine: tests/v1"));
        Dictionary<string, string> page = rules.Select((block, index) => (Name: $"guide-{index}.rules.yaml", Text: block)).ToDictionary(file => file.Name, file => file.Text);
        string everyBlock = string.Join(", ", page.Keys);
        Assert.Contains("rules: [guide.rules.yaml]", test, StringComparison.Ordinal);
        RequirePassed(new RuleTestRunner(new PageFiles(page)).Run([new SourceFile("guide.test.yaml", test.Replace("[guide.rules.yaml]", $"[{everyBlock}]", StringComparison.Ordinal))]));
    }

    private static void RequirePassed(RuleTestReport report)
    {
        Assert.Empty(report.Files.SelectMany(file => file.Diagnostics.Select(finding => finding.ToString())));
        Assert.Empty(report.Files.SelectMany(file => file.Tests.Where(test => !test.IsPassed).Select(test => $"{file.Name}:{test.Line} {test.Name}")));
        Assert.True(report.Passed > 0);
    }

    private sealed class DiskFiles : ITestFiles
    {
        public string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

        public ImmutableArray<string> RuleFilesIn(string folder) => [.. Directory.GetFiles(folder, "*.rules.yaml").Order(StringComparer.Ordinal)];
    }

    private sealed class PageFiles(Dictionary<string, string> files) : ITestFiles
    {
        public string? Read(string path) => files.GetValueOrDefault(Path.GetFileName(path));

        public ImmutableArray<string> RuleFilesIn(string folder) => [.. files.Keys.Order(StringComparer.Ordinal)];
    }
}
