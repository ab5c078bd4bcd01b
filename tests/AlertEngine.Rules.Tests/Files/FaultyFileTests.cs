using System.Text;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>
/// Goal: every message that people may get is the one that was written for them, at the right place. Method: a folder of faulty files, each with
/// the exact output of a check beside it. A file that begins with <c># city:</c> is checked against that city.
/// </summary>
public sealed class FaultyFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Files", "faulty");

    public static IEnumerable<TheoryDataRow<string>> Names =>
        Directory.GetFiles(Folder, "*.rules.yaml").Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string>(Path.GetFileName(file)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_faulty_file_gives_exactly_the_output_beside_it(string name)
    {
        string expectedFile = Path.Combine(Folder, name.Replace(".rules.yaml", ".expected.txt", StringComparison.Ordinal));
        string actual = Check(name);

        Assert.True(File.Exists(expectedFile), $"no expected output for {name}; it is:\n{actual}");
        Assert.Equal(File.ReadAllText(expectedFile), actual);
    }

    [Fact]
    public void There_are_at_least_sixty_of_them() => Assert.True(Names.Count() >= 60);

    private static string Check(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name), Encoding.UTF8);
        const string Mark = "# city: ";
        LoadResult result = RuleLoader.Load(new RuleSources
        {
            Rules = [new SourceFile(name, text)],
            City = text.StartsWith(Mark, StringComparison.Ordinal) ? Shared.City(Path.Combine(Folder, text[Mark.Length..text.IndexOf('\n', StringComparison.Ordinal)])) : null,
        }, LoadOptions.Default with { Today = new LocalDate(2026, 11, 22) });
        return TextRenderer.Render(result.Diagnostics);
    }
}
