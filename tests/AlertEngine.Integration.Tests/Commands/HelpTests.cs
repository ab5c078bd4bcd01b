using System.CommandLine;
using AlertEngine.Host.Commands;
using AlertEngine.Host.Reports;
using Xunit;

namespace AlertEngine.Integration.Tests.Commands;

/// <summary>Goal: everybody can read what a command does and see one example. Method: the help of every command there is, in both languages.</summary>
public sealed class HelpTests
{
    private static readonly Words Zh = new(IsChinese: true);
    private static readonly Words En = new(IsChinese: false);

    public static TheoryData<string> Commands => [.. Paths(CommandTree.Create(En), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_shows_an_example_of_itself_in_both_languages(string path)
    {
        foreach (Words words in new[] { Zh, En })
        {
            string help = await HelpOf(path, words);
            Assert.Contains(words.Of("示例：", "Example:"), help, StringComparison.Ordinal);
            Assert.Contains($"    alertengine {(path.Length == 0 ? "--lang" : path)}", help, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task No_line_of_a_help_is_in_the_other_language(string path)
    {
        Assert.All(Explained(await HelpOf(path, Zh)), line => Assert.True(IsChinese(line), $"{path}: {line}"));
        Assert.All(Explained(await HelpOf(path, En)), line => Assert.False(IsChinese(line), $"{path}: {line}"));
    }

    [Fact]
    public async Task The_page_of_a_command_tells_its_place_its_values_and_its_defaults() => Assert.Equal(
        """
        Description:
          Runs conformance tests of the CEL specification. Ends in 'N passed, M failed'; exits 1 if any failed.

          Example:
            alertengine cel conformance ../shared/cel-conformance/*.jsonl --form interpreted

        Usage:
          alertengine cel conformance <FILE>... [options]

        Arguments:
          <FILE>...  Files of tests, one JSON object a line.

        Options:
          --form <compiled|interpreted>  How they are evaluated. [default: compiled]
          -h, -?, --help                 Shows this page.
          --lang <en|zh>                 zh or en. Default: from the environment (LC_ALL, LC_MESSAGES, LANG).


        """, await HelpOf("cel conformance", En), ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData("说明:", "rules", "check", "--help", "--lang", "zh")]
    [InlineData("说明:", "--lang=zh", "city", "--help")]
    [InlineData("Description:", "rules", "check", "--help", "--lang", "en")]
    public async Task The_language_is_that_of_the_command_line(string title, params string[] arguments) =>
        Assert.StartsWith(title, await Run(Words.Of(arguments), arguments), StringComparison.Ordinal);

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(sub => Paths(sub, $"{path} {sub.Name}".Trim())).Prepend(path);

    private static Task<string> HelpOf(string path, Words words) => Run(words, [.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

    private static async Task<string> Run(Words words, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        Assert.Equal(0, await CommandTree.Create(words).Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output }));
        return output.ToString();
    }

    /// <summary>The lines that people read: all but examples and the synopsis, which are what one types.</summary>
    private static IEnumerable<string> Explained(string help) =>
        help.Split('\n').Where(line => line.Length != 0 && !line.TrimStart().StartsWith("alertengine", StringComparison.Ordinal));

    private static bool IsChinese(string text) => text.Any(letter => letter is >= '\u4e00' and <= '\u9fff');
}
