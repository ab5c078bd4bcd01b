using System.Text.Json;
using System.Text.RegularExpressions;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Metrics;

/// <summary>Goal: what people look at exists. Method: the names in the dashboard and in the operators' page beside those of the instruments themselves.</summary>
public sealed partial class DashboardTests
{
    private static readonly string Host = Path.Combine(Checkout.Root, "engine", "AlertEngine.Host");

    [Fact]
    public void Every_metric_that_the_dashboard_asks_for_exists()
    {
        var dashboard = JsonElement.Parse(File.ReadAllText(Path.Combine(Host, "Deploy", "grafana", "dashboards", "alertengine.json")));
        string[] asked = [.. dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).SelectMany(target => Series().Matches(target.GetProperty("expr").GetString()!).Select(match => match.Value)).Distinct()];
        Assert.NotEmpty(asked);
        Assert.All(asked, series => Assert.Contains(PublishedMetrics.MetricOf(series), PublishedMetrics.Names));
        // And the dashboard forgets none.
        Assert.Equal(PublishedMetrics.Names, asked.Select(PublishedMetrics.MetricOf).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_operators_page_tells_of_every_metric_and_of_no_other() =>
        Assert.Equal(PublishedMetrics.Names, MetricRow().Matches(File.ReadAllText(Path.Combine(Host, "README.md"))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void A_metric_begins_with_the_word_of_its_stage_or_of_the_lane()
    {
        string[] words = [.. Architecture.DirectionTests.Stages.Select(stage => stage.ToLowerInvariant()), "lane"];
        Assert.All(PublishedMetrics.Names, name => Assert.Contains(name.Split('_')[1], words));
    }

    [GeneratedRegex("alertengine_[a-z_]+")]
    private static partial Regex Series();

    [GeneratedRegex("(?m)^\\| `(alertengine_[a-z_]+)` \\|")]
    private static partial Regex MetricRow();
}
