using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Publish;

/// <summary>Goal: the digest's numbers are those of the orders that went out. Method: two days of one district, counted again from its messages.</summary>
public sealed class DigestTests
{
    // Midnight in Shanghai: the first hour that is told is 18:00 of the same day.
    private static readonly Instant Midnight = Instant.FromUtc(2026, 6, 30, 16, 0);

    [Fact]
    public void The_numbers_tie_out_with_the_orders()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0));
        foreach (double hour in new[] { 1, 2.5, 17.9, 18, 18.1, 20, 30, 41.9, 42, 43 })
            run.Events(TestRules.Event($"e{hour}", $"S{hour}", At(hour), 9));
        run.Command(new OrderCommand("c1", OrderVerb.Acknowledge, At(43), "wang", "seen") { Key = "S30" }).Recover().Pass(At(44));

        ImmutableArray<JsonElement> digests = Digests(run);
        Assert.Equal(["2026-07-01T10:00:00Z", "2026-07-02T10:00:00Z"], digests.Select(digest => digest.GetProperty("until").GetString()));
        foreach (JsonElement digest in digests)
        {
            (string from, string until) = (digest.GetProperty("from").GetString()!, digest.GetProperty("until").GetString()!);
            int sent = run.Orders.Count(order => order.GetProperty("revision").GetInt32() == 1 && Between(order, from, until));
            Assert.Equal(sent, digest.GetProperty("dispatched").GetInt32());
            Assert.Equal(sent, digest.GetProperty("bySeverity").EnumerateObject().Sum(one => one.Value.GetInt32()));
            Assert.Equal(sent, digest.GetProperty("byUnit").EnumerateObject().Sum(one => one.Value.GetInt32()));
        }

        Assert.Equal([(3, 0, 3, 2), (5, 3, 8, 7)], digests.Select(digest =>
            (digest.GetProperty("dispatched").GetInt32(), digest.GetProperty("dispatchedBefore").GetInt32(), digest.GetProperty("open").GetInt32(), digest.GetProperty("overdue").GetProperty("count").GetInt32())));
        Assert.StartsWith("# D1 信息报送 2026-07-02 18:00\n\n| 项目 | 数量 |\n|---|---|\n| 24 小时派单（较前日） | 5 (+2) |\n", digests[1].GetProperty("markdown").GetProperty("zh").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void During_holiday_watch_it_is_told_every_few_hours()
    {
        ContextCommand watch = new("c", At(1), "mayor", "holiday", ContextCommand.StartScene) { Scene = DigestPlan.WatchScene };
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Command(watch).Pass(At(24));
        Assert.Equal(["02", "06", "10", "14", "18", "22"], Digests(run).Select(digest => digest.GetProperty("markdown").GetProperty("en").GetString()!.Split('\n')[0][^5..^3]));
    }

    private static ImmutableArray<JsonElement> Digests(KernelRun run) =>
        [.. run.Outputs.Where(output => output.Kind == OutputKind.Digest).Select(output => JsonDocument.Parse(output.Value).RootElement.GetProperty("data"))];

    private static bool Between(JsonElement order, string from, string until) =>
        string.CompareOrdinal(order.GetProperty("dispatchedAt").GetString(), from) >= 0 && string.CompareOrdinal(order.GetProperty("dispatchedAt").GetString(), until) < 0;

    private static long At(double hours) => (Midnight + Duration.FromHours(hours)).ToUnixTimeTicks();

    private static RuleSet Rules()
    {
        CompiledRule shot = TestRules.ShotAbove("shot", 5);
        RuleSet set = TestRules.Set(shot with { Base = shot.Base with { Sla = new SlaPlan(null, new SlaLimit(Duration.FromMinutes(30), SlaUnit.Hours), null, null, null) } });
        return set with { City = set.City with { Digest = new DigestPlan(18, 4) } };
    }
}
