using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Services;
using Confluent.Kafka.Admin;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: what is wrong with a cluster's topics is named, and what is missing is made. Method: plans with names of their own on a real broker.</summary>
public sealed class TopicLayoutTests(KafkaBroker broker) : KafkaTests(broker)
{
    [Fact]
    public async Task Missing_topics_are_named_then_created_and_then_nothing_is_wrong()
    {
        using var clients = Clients();
        var layout = new TopicLayout(clients, PlanOf("made"));
        Assert.Equal(
            ["made.in is missing (events)", "made.lanes is missing (lanes)", "made.city is missing (city)", "made.out is missing (orders)"],
            TopicLayout.Check(await layout.ReadAsync()).Select(finding => finding.Text.En));

        Assert.Equal(["made.in", "made.lanes", "made.city", "made.out"], await layout.CreateMissingAsync(await layout.ReadAsync(), lanes: 3));
        foreach (string name in new[] { "made.in", "made.lanes", "made.city", "made.out" })
            await clients.UntilKnownAsync(name);

        var topics = await layout.ReadAsync();
        Assert.Empty(TopicLayout.Check(topics));
        Assert.Equal([3, 4, 1, 3], topics.Select(topic => topic.Known!.Partitions));
        Assert.Equal(["delete", "compact", "delete", "delete"], topics.Select(topic => topic.Settings.CleanupPolicy));
        Assert.Equal(3, TopicLayout.LanesOf(topics));
        Assert.Empty(await layout.CreateMissingAsync(topics, lanes: 9));
    }

    [Fact]
    public async Task Topics_that_are_not_co_partitioned_or_not_compacted_are_findings()
    {
        using var clients = Clients();
        await CreateTopicAsync(clients, "wrong.in", 4);
        await CreateTopicAsync(clients, "wrong.lanes", 4);
        await CreateTopicAsync(clients, "wrong.city", 2);
        await CreateTopicAsync(clients, "wrong.out", 7);

        Assert.Equal(
            [
                new("wrong.lanes", TopicFault.Partitions, new("wrong.lanes 有 4 个分区，应为 5 个，因为 wrong.in 有 4 个", "wrong.lanes has 4 partitions and must have 5, because wrong.in has 4")),
                new("wrong.lanes", TopicFault.NotCompacted, new("wrong.lanes 的 cleanup.policy=delete，应为 compact：否则最新记录会被删除", "wrong.lanes has cleanup.policy=delete and must have compact: its newest records would be deleted")),
                new("wrong.city", TopicFault.Partitions, new("wrong.city 有 2 个分区，应为 1 个，因为 wrong.in 有 4 个", "wrong.city has 2 partitions and must have 1, because wrong.in has 4")),
            ],
            TopicLayout.Check(await new TopicLayout(clients, PlanOf("wrong")).ReadAsync()));
    }

    [Fact]
    public async Task What_lanes_write_for_lanes_is_kept_for_a_week()
    {
        using var clients = Clients();
        TopicPlan plan = TopicPlans.Of(new KafkaOptions(), []).Single(topic => topic.Name == TopicNames.City) with { Name = "kept.city" };
        TopicPlan events = PlanOf("kept").First();
        var layout = new TopicLayout(clients, [events, plan]);
        Assert.Equal(["kept.in", "kept.city"], await layout.CreateMissingAsync(await layout.ReadAsync(), lanes: 2));
        await clients.UntilKnownAsync("kept.city");

        ConfigResource[] asked = [new() { Type = ResourceType.Topic, Name = "kept.city" }];
        // The same week is the default of most brokers: what counts is that it was said.
        ConfigEntryResult kept = (await clients.AskAsync(admin => admin.DescribeConfigsAsync(asked))).Single().Entries["retention.ms"];
        Assert.Equal(("604800000", false), (kept.Value, kept.IsDefault));
        Assert.Equal([TopicNames.Rekeyed, TopicNames.City], TopicPlans.Of(new KafkaOptions(), []).Where(topic => topic.Retention is not null).Select(topic => topic.Name));
    }

    [Fact]
    public void A_plan_names_each_topic_once()
    {
        var plan = TopicPlans.Of(new KafkaOptions(), [TopicNames.WorkOrdersOf("gulou"), TopicNames.WorkOrdersOf("gulou"), TopicNames.ExerciseOrders]);
        Assert.Equal(plan.Select(topic => topic.Name).Distinct(), plan.Select(topic => topic.Name));
        Assert.Equal([TopicNames.Lanes, TopicNames.Positions], plan.Where(topic => topic.IsCompacted).Select(topic => topic.Name));
    }

    [Fact]
    public void A_cluster_that_is_not_there_is_said_to_be_unreachable()
    {
        int port = ServiceProcess.FreePort();
        using var clients = new KafkaClients(new KafkaOptions { BootstrapServers = $"127.0.0.1:{port}", RequestTimeout = NodaTime.Duration.FromMilliseconds(500) }, _ => { });
        var failure = Assert.Throws<KafkaConnectorException>(clients.EnsureReachable);
        Assert.StartsWith($"Kafka at 127.0.0.1:{port} is not reachable within 0.5 s: ", failure.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<TopicPlan> PlanOf(string prefix) =>
    [
        new($"{prefix}.in", PartitionRule.Lanes, false, LocalText.Both("events")),
        new($"{prefix}.lanes", PartitionRule.LanesAndCity, true, LocalText.Both("lanes")),
        new($"{prefix}.city", PartitionRule.One, false, LocalText.Both("city")),
        new($"{prefix}.out", PartitionRule.Any, false, LocalText.Both("orders")),
    ];
}
