using System.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.Alerts;

/// <summary>
/// Goal: whatever two suppressors overlap, in whatever order they begin and end, what is owed goes out once and says why it waited. Method: every
/// pair of stages × every order of their beginnings and ends × every life of the alert beside them; the table stands in <c>algebra.txt</c>.
/// Where flapping begins before a group's interval, the change that it still lets pass begins the interval.
/// </summary>
public sealed class AlgebraTableTests
{
    private static readonly string[] Stages = ["group", "inhibit", "silence", "flapping", "flood"];

    private static readonly (string Name, Span First, Span Second)[] Orders =
    [
        ("first begins, first ends", new Span(30, 40), new Span(32, 44)),
        ("first around second", new Span(30, 44), new Span(32, 40)),
        ("second around first", new Span(32, 40), new Span(30, 44)),
        ("second begins, second ends", new Span(32, 44), new Span(30, 40)),
    ];

    private static readonly (string Name, Span Span)[] Lives =
    [
        ("opens in both", new Span(35, 60)),
        ("clears in both", new Span(5, 35)),
        ("comes and goes in both", new Span(34, 37)),
        ("around both", new Span(5, 60)),
    ];

    [Fact]
    public void Every_pair_in_every_order_gives_what_the_table_says()
    {
        Assert.Equal(Stored, Table().Split('\n'));
    }

    [Fact]
    public void No_row_tells_an_opening_or_a_clearing_twice()
    {
        // Of a key that flaps the table leaves out what is told before it is held.
        string pair = "";
        foreach (string row in Stored)
        {
            if (!row.Contains('|', StringComparison.Ordinal))
                pair = row;
            else if (!pair.Contains("flapping", StringComparison.Ordinal))
                Assert.Equal((pair, row, ""), (pair, row, Repeated(row)));
        }
    }

    private static string Repeated(string row)
    {
        string[] told = [.. row.Split('|')[2].Split(", ").Select(line => line.Trim().Split(' ')[1]).Where(word => word is "opened" or "cleared")];
        return told.Where((word, place) => word != (place % 2 == 0 ? "opened" : "cleared")).FirstOrDefault() ?? "";
    }

    private static string[] Stored => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Alerts", "algebra.txt")).Split('\n');

    private static string Table()
    {
        var table = new StringBuilder();
        for (int first = 0; first < Stages.Length; first++)
        {
            for (int second = first + 1; second < Stages.Length; second++)
                AppendPair(table, Stages[first], Stages[second]);
        }

        return table.ToString();
    }

    private static void AppendPair(StringBuilder table, string first, string second)
    {
        table.Append(first).Append(" + ").Append(second).Append('\n');
        foreach ((string order, Span firstSpan, Span secondSpan) in Orders)
        {
            foreach ((string life, Span span) in Lives)
                table.Append($"  {order,-26} | {life,-22} | {AlgebraRun.Story(span, (first, firstSpan), (second, secondSpan))}\n");
        }
    }
}
