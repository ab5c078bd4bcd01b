using AlertEngine.Rules.Cel;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>The page for users: every example is true, and every function has one.</summary>
public sealed class CelPageTests
{
    [Fact]
    public void Every_example_of_the_page_has_the_value_that_it_says()
    {
        var examples = Examples();
        Assert.True(examples.Count > 100);
        var wrong = examples.Where(example => CelSample.Value(example.Source) != example.Value).Select(example => $"{example.Source} is {CelSample.Value(example.Source)}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_function_of_the_library_has_an_example()
    {
        var page = string.Join('\n', Examples().Select(example => example.Source));
        var missing = CelEnvironment.Standard.Functions.Select(function => function.Name)
            .Where(name => char.IsLetter(name[0]) && !page.Contains(name + "(", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    // "| `expression` | `value` |"; a bar inside an expression is escaped, as Markdown wants it.
    private static List<(string Source, string Value)> Examples() =>
    [
        .. File.ReadLines(Page())
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Replace("\\|", "\u0001").Split('|'))
            .Select(cells => (Cell(cells[1]), Cell(cells[2]))),
    ];

    private static string Cell(string cell) => cell.Replace('\u0001', '|').Trim().Trim('`');

    private static string Page()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var page = Path.Combine(at.FullName, "rules", "AlertEngine.Rules", "Cel", "README.md");
            if (File.Exists(page))
                return page;
        }
        throw new FileNotFoundException("the page of the language is not in this checkout");
    }
}
