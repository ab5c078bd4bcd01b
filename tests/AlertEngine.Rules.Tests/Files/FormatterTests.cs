using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Formatting;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: formatting changes white space only, keeps every comment, and is done after one pass.</summary>
public sealed class FormatterTests
{
    [Fact]
    public void Comments_stay_blanks_go_and_braces_are_padded()
    {
        const string Text = "#header\na:   1   # kept\r\n\n\n\nb: {c: 1,d: [ 1, 2 ]}\ne: [{f: 1}]\ng: {  }\n   \n";

        Assert.Equal("# header\na:   1   # kept\n\nb: { c: 1,d: [1, 2] }\ne: [ { f: 1 } ]\ng: {}\n", Format(Text));
    }

    [Fact]
    public void Blanks_within_texts_of_several_lines_are_left_alone()
    {
        const string Text = "a: |\n  x  \n\n\n  y\nb: \"1\n\n\n  2\"\n";

        Assert.Equal(Text, Format(Text));
    }

    [Fact]
    public void What_is_formatted_stays_as_it_is()
    {
        string folder = Shared.Folder("rules-examples");
        foreach (string file in Directory.GetFiles(folder, "*.yaml"))
        {
            string once = Format(File.ReadAllText(file))!;
            Assert.Equal(once, Format(once));
        }
    }

    [Fact]
    public void A_file_that_is_not_well_formed_is_not_touched() => Assert.Null(Format("a: {b: 1\n"));

    private static string? Format(string text) => FileFormatter.Format(new SourceFile("t.yaml", text));
}
