using System.Collections.Immutable;
using System.Globalization;
using System.Diagnostics;
using AlertEngine.Connectors.Kafka.Ownership;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AlertEngine.Connectors.Kafka.Topics;

/// <summary>What is wrong with a topic.</summary>
public enum TopicFault
{
    /// <summary>It is not there.</summary>
    Missing = 0,

    /// <summary>It has another number of partitions than it must.</summary>
    Partitions,

    /// <summary>It is not compacted: its newest records will be deleted.</summary>
    NotCompacted,

    /// <summary>All topics were given another number of partitions since the lanes last ran.</summary>
    Repartitioned,
}

/// <summary>One finding.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Text">One sentence for the operator.</param>
public sealed record TopicFinding(string Topic, TopicFault Fault, LocalText Text);

/// <summary>A planned topic beside what the cluster has.</summary>
/// <param name="Plan">What is needed.</param>
/// <param name="Known">What is there; null: nothing.</param>
/// <param name="Settings">Its settings.</param>
public sealed record TopicState(TopicPlan Plan, KnownTopic? Known, TopicSettings Settings);

/// <summary>
/// Compares the planned topics with the cluster's and creates those that are missing. The number of lanes is the partition count of the first
/// input that exists: it can never change without everything else being re-keyed, so nothing here changes a topic that is there.
/// </summary>
public sealed class TopicLayout(KafkaClients clients, ImmutableArray<TopicPlan> plans)
{
    /// <summary>All that is wrong with topics that were read: each by itself, and all against the lanes that last ran over them.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer.</exception>
    public async Task<ImmutableArray<TopicFinding>> FindAsync(ImmutableArray<TopicState> topics, CancellationToken cancellation)
    {
        var findings = Check(topics);
        bool hasLanes = topics.Any(topic => topic.Plan.Name == TopicNames.Lanes && topic.Known is not null);
        return hasLanes ? [.. findings, .. CheckAgainst(topics, await HeartbeatsAsync(cancellation).ConfigureAwait(false))] : findings;
    }

    /// <summary>A topic that was created a moment ago has no leaders yet, which is no reason to refuse it: asked again, each time a round trip.</summary>
    private async Task<ImmutableArray<LaneHeartbeat>> HeartbeatsAsync(CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await LaneHeartbeats.ReadAsync(clients, cancellation).ConfigureAwait(false);
            }
            catch (KafkaConnectorException) when (Stopwatch.GetElapsedTime(began) < clients.Options.RequestTimeout.ToTimeSpan())
            {
                // Until the request time-out, after which it is what the cluster says.
            }
        }
    }

    /// <summary>Asks the cluster.</summary>
    /// <exception cref="KafkaConnectorException">It does not answer.</exception>
    public async Task<ImmutableArray<TopicState>> ReadAsync()
    {
        var known = (await new TopicCatalog(clients).DescribeAsync(plans.Select(plan => plan.Name)).ConfigureAwait(false)).ToDictionary(topic => topic.Name, StringComparer.Ordinal);
        var settings = await new TopicCatalog(clients).SettingsAsync(plans.Where(plan => known.ContainsKey(plan.Name)).Select(plan => plan.Name)).ConfigureAwait(false);
        return [.. plans.Select(plan => new TopicState(plan, known.GetValueOrDefault(plan.Name), settings.GetValueOrDefault(plan.Name, TopicSettings.Unknown)))];
    }

    /// <summary>How many lanes the city has; null where no input exists.</summary>
    public static int? LanesOf(ImmutableArray<TopicState> topics) =>
        topics.FirstOrDefault(topic => topic.Plan.Partitions == PartitionRule.Lanes && topic.Known is not null)?.Known!.Partitions;

    /// <summary>What is wrong, in the order of the plan.</summary>
    public static ImmutableArray<TopicFinding> Check(ImmutableArray<TopicState> topics)
    {
        var first = topics.FirstOrDefault(topic => topic.Plan.Partitions == PartitionRule.Lanes && topic.Known is not null);
        return [.. topics.SelectMany(topic => FindingsOf(topic, first?.Known))];
    }

    /// <summary>
    /// Whether the city has as many lanes as when it last ran: topics that were all grown together fit each other and are wrong all the same, because
    /// districts would go to lanes that do not know them.
    /// </summary>
    /// <param name="topics">What is there.</param>
    /// <param name="heartbeats">What the lanes last said of themselves.</param>
    public static ImmutableArray<TopicFinding> CheckAgainst(ImmutableArray<TopicState> topics, ImmutableArray<LaneHeartbeat> heartbeats)
    {
        var first = topics.FirstOrDefault(topic => topic.Plan.Partitions == PartitionRule.Lanes && topic.Known is not null)?.Known;
        if (first is null || heartbeats.FirstOrDefault(heartbeat => heartbeat.Lanes != first.Partitions) is not { } former)
            return [];
        return
        [
            new(first.Name, TopicFault.Repartitioned, new(
                $"{first.Name} 有 {first.Partitions} 个分区，但本市上次以 {former.Lanes} 条通道运行：各区会转到不认识它们的通道。请按原分区数重建各主题并恢复其记录，或另用 Kafka:TransactionalIdPrefix、Kafka:GroupId 和空日志重新开始",
                $"{first.Name} has {first.Partitions} partitions, but the city last ran with {former.Lanes} lanes: districts would go to lanes that do not know them. Create the topics anew with the former number and bring their records back, or begin anew with another Kafka:TransactionalIdPrefix and Kafka:GroupId and an empty journal")),
        ];
    }

    /// <summary>Creates what is missing.</summary>
    /// <param name="topics">What is there.</param>
    /// <param name="lanes">How many lanes, where no input says so yet.</param>
    /// <exception cref="KafkaConnectorException">The cluster refuses.</exception>
    public async Task<ImmutableArray<string>> CreateMissingAsync(ImmutableArray<TopicState> topics, int lanes)
    {
        int count = LanesOf(topics) ?? lanes;
        var missing = topics.Where(topic => topic.Known is null).Select(topic => Specification(topic.Plan, count)).ToList();
        if (missing.Count == 0)
            return [];
        try
        {
            var options = new CreateTopicsOptions { RequestTimeout = clients.Options.RequestTimeout.ToTimeSpan() };
            await clients.AskAsync(async admin =>
            {
                await admin.CreateTopicsAsync(missing, options).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        catch (CreateTopicsException failure)
        {
            var refused = failure.Results.First(result => result.Error.IsError);
            throw new KafkaConnectorException(new LocalText($"无法创建主题 {refused.Topic}：{refused.Error.Reason}", $"topic {refused.Topic} cannot be created: {refused.Error.Reason}"), failure);
        }
        catch (KafkaException failure)
        {
            throw new KafkaConnectorException(new LocalText($"无法创建主题：{failure.Error.Reason}", $"topics cannot be created: {failure.Error.Reason}"), failure);
        }

        await UntilKnownAsync([.. missing.Select(topic => topic.Name)]).ConfigureAwait(false);
        return [.. missing.Select(topic => topic.Name)];
    }

    /// <summary>The controller knows a topic before the brokers show it, and whoever starts an engine next must find it.</summary>
    private async Task UntilKnownAsync(ImmutableArray<string> names)
    {
        long began = Stopwatch.GetTimestamp();
        while ((await new TopicCatalog(clients).DescribeAsync(names).ConfigureAwait(false)).Length < names.Length
            && Stopwatch.GetElapsedTime(began) < clients.Options.RequestTimeout.ToTimeSpan())
        {
            // Asked again: each question is a round trip.
        }
    }

    private static IEnumerable<TopicFinding> FindingsOf(TopicState topic, KnownTopic? first)
    {
        string name = topic.Plan.Name;
        if (topic.Known is null)
        {
            yield return new(name, TopicFault.Missing, new($"缺少 {name}（{topic.Plan.Use.Zh}）", $"{name} is missing ({topic.Plan.Use.En})"));
            yield break;
        }

        if (first is not null && CountOf(topic.Plan.Partitions, first.Partitions) is { } wanted && topic.Known.Partitions != wanted)
        {
            yield return new(name, TopicFault.Partitions, new(
                $"{name} 有 {topic.Known.Partitions} 个分区，应为 {wanted} 个，因为 {first.Name} 有 {first.Partitions} 个",
                $"{name} has {topic.Known.Partitions} partitions and must have {wanted}, because {first.Name} has {first.Partitions}"));
        }

        if (topic.Plan.IsCompacted && topic.Settings.CleanupPolicy != "compact")
        {
            yield return new(name, TopicFault.NotCompacted, new(
                $"{name} 的 cleanup.policy={topic.Settings.CleanupPolicy}，应为 compact：否则最新记录会被删除",
                $"{name} has cleanup.policy={topic.Settings.CleanupPolicy} and must have compact: its newest records would be deleted"));
        }
    }

    private static int? CountOf(PartitionRule rule, int lanes) => rule switch
    {
        PartitionRule.Lanes => lanes,
        PartitionRule.LanesAndCity => lanes + 1,
        PartitionRule.One => 1,
        _ => null,
    };

    private static TopicSpecification Specification(TopicPlan plan, int lanes) => new()
    {
        Name = plan.Name,
        NumPartitions = CountOf(plan.Partitions, lanes) ?? lanes,
        // The broker's own default: a cluster of one broker and one of three both know what they can keep.
        ReplicationFactor = -1,
        Configs = ConfigurationOf(plan),
    };

    private static Dictionary<string, string> ConfigurationOf(TopicPlan plan)
    {
        // Small segments, because the newest segment is never compacted and is what a take-over reads.
        if (plan.IsCompacted)
            return new() { ["cleanup.policy"] = "compact", ["segment.bytes"] = "16777216", ["min.cleanable.dirty.ratio"] = "0.1" };
        return plan.Retention is { } retention ? new() { ["retention.ms"] = retention.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture) } : [];
    }
}
