using System.Collections.Immutable;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files;
using Xunit;

namespace AlertEngine.Integration.Tests.Packs;

/// <summary>Goal: the tests beside the shipped rules hold, and so does what the page about rules claims. Method: the runner of <c>rules test</c>.</summary>
public sealed class ShippedPackOwnTests
{
    public static TheoryData<string> Packs { get; } =
        [.. Directory.GetDirectories(Path.Combine(ShippedPacks.Rules, "packs")).Where(folder => Directory.GetFiles(folder, "*.test.yaml").Length != 0).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Packs))]
    public void The_tests_of_a_pack_hold(string pack) =>
        RequirePassed(new RuleTestRunner(new RuleFileReader()).Run(new RuleFileReader().ReadTests([ShippedPacks.Folder(pack)])));

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

    private sealed class PageFiles(Dictionary<string, string> files) : ISourceFiles
    {
        public SourceFile? Read(string path) => files.GetValueOrDefault(Path.GetFileName(path)) is { } text ? new SourceFile(path, text) : null;

        public ImmutableArray<SourceFile> RulesIn(string folder) => [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new SourceFile(file.Key, file.Value))];
    }
}
