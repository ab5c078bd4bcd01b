using AlertEngine.Engine.RuleTests;
using Xunit;

namespace AlertEngine.Engine.Tests.RuleTests;

/// <summary>
/// Goal: what RULES promises holds for the worked examples beside the checkout, and sentence by sentence for the cases of this folder.
/// Method: test files as ops teams write them, run as <c>rules test</c> runs them; a failure prints what that prints.
/// </summary>
public sealed class ExampleTests
{
    private static string CasesFolder => Path.Combine(AppContext.BaseDirectory, "RuleTests", "cases");

    public static TheoryData<string> Cases =>
        [.. Directory.GetFiles(CasesFolder, "*.test.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_case_passes(string file)
    {
        string path = Path.Combine(CasesFolder, file);
        AssertPassed(new RuleTestRunner(new DiskTestFiles()).Run([new(path, File.ReadAllText(path))]));
    }

    [Fact]
    public void The_worked_examples_beside_the_checkout_pass()
    {
        if (Folder("rules-examples") is { } folder)
            AssertPassed(DiskTestFiles.RunFolder(folder));
        else
            Assert.Skip("../shared/rules-examples is not here: the worked examples were not tested");
    }

    private static void AssertPassed(RuleTestReport report) => Assert.True(report.Failed == 0 && report.Passed > 0, TextReport.Render(report, isChinese: false));

    private static string? Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", name);
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
