using System.Text.RegularExpressions;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ingest;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Pages;

/// <summary>Goal: integrators are told every reason for a dead letter, and the topics as they are. Method: the page beside the constants.</summary>
public sealed partial class IntegratorsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Root, "connectors", "README.md"));

    [Fact]
    public void Every_reason_for_a_dead_letter_is_in_the_table_and_no_other()
    {
        string table = Page[Page.IndexOf("| code |", StringComparison.Ordinal)..];
        var told = table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').SelectMany(row => Code().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value));
        var known = typeof(RejectionCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(known.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_topics_of_events_are_those_that_an_engine_reads_unless_told_otherwise() =>
        Assert.All(TopicNames.DefaultInputs, topic => Assert.Contains($"| `{topic}` |", Page));

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Code();
}
