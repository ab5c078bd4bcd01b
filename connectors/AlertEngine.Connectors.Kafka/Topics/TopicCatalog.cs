using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AlertEngine.Connectors.Kafka.Topics;

/// <summary>A topic as the cluster has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">The id that a topic created anew under the same name does not share.</param>
/// <param name="Partitions">How many partitions it has.</param>
public sealed record KnownTopic(string Name, string Id, int Partitions);

/// <summary>The settings of a topic that matter here.</summary>
/// <param name="CleanupPolicy">Its <c>cleanup.policy</c>; empty where it is not known.</param>
/// <param name="MaxMessageBytes">Its <c>max.message.bytes</c>.</param>
public sealed record TopicSettings(string CleanupPolicy, int MaxMessageBytes)
{
    /// <summary>Of a topic that is not there: Kafka's default size.</summary>
    public static TopicSettings Unknown { get; } = new("", 1_048_588);
}

/// <summary>Where a partition begins and ends.</summary>
/// <param name="Low">The first offset that is still there.</param>
/// <param name="End">The exclusive end, taken <c>read_uncommitted</c>.</param>
public readonly record struct PartitionBounds(long Low, long End);

/// <summary>What the cluster says of topics. Thread-safe.</summary>
public sealed class TopicCatalog(KafkaClients clients)
{
    private const int NamesARequest = 500;

    /// <summary>The topics of these names that exist.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer.</exception>
    public async Task<ImmutableArray<KnownTopic>> DescribeAsync(IEnumerable<string> names)
    {
        var known = ImmutableArray.CreateBuilder<KnownTopic>();
        foreach (var some in names.Distinct(StringComparer.Ordinal).Chunk(NamesARequest))
            foreach (var topic in await DescribeSomeAsync(some).ConfigureAwait(false))
                known.Add(topic);
        return known.DrainToImmutable();
    }

    /// <summary>The exclusive ends of all partitions of some topics, as a <c>read_uncommitted</c> consumer sees them.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer, or a topic is not there.</exception>
    public Task<ImmutableArray<OutputEnd>> EndsAsync(IEnumerable<KnownTopic> topics) => OffsetsAsync(topics, OffsetSpec.Latest());

    /// <summary>Where all partitions of some topics begin and end.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not answer, or a topic is not there.</exception>
    public async Task<ImmutableDictionary<(string Topic, int Partition), PartitionBounds>> BoundsAsync(IReadOnlyCollection<KnownTopic> topics)
    {
        var lows = await OffsetsAsync(topics, OffsetSpec.Earliest()).ConfigureAwait(false);
        var ends = (await EndsAsync(topics).ConfigureAwait(false)).ToDictionary(end => (end.Topic, end.Partition), end => end.Offset);
        return lows.ToImmutableDictionary(low => (low.Topic, low.Partition), low => new PartitionBounds(low.Offset, ends[(low.Topic, low.Partition)]));
    }

    /// <summary>The settings of topics that exist.</summary>
    /// <exception cref="KafkaConnectorException">The cluster does not tell them.</exception>
    public async Task<Dictionary<string, TopicSettings>> SettingsAsync(IEnumerable<string> names)
    {
        var asked = names.Select(name => new ConfigResource { Type = ResourceType.Topic, Name = name }).ToList();
        if (asked.Count == 0)
            return [];
        try
        {
            var options = new DescribeConfigsOptions { RequestTimeout = clients.Options.RequestTimeout.ToTimeSpan() };
            var answers = await clients.AskAsync(admin => admin.DescribeConfigsAsync(asked, options)).ConfigureAwait(false);
            return answers.ToDictionary(answer => answer.ConfigResource.Name, answer => SettingsOf(answer.Entries), StringComparer.Ordinal);
        }
        catch (KafkaException failure)
        {
            throw new KafkaConnectorException(new LocalText($"无法读取主题配置：{failure.Error.Reason}", $"the settings of topics cannot be read: {failure.Error.Reason}"), failure);
        }
    }

    private static TopicSettings SettingsOf(Dictionary<string, ConfigEntryResult> entries) =>
        new(entries["cleanup.policy"].Value, int.Parse(entries["max.message.bytes"].Value, System.Globalization.CultureInfo.InvariantCulture));

    private async Task<ImmutableArray<OutputEnd>> OffsetsAsync(IEnumerable<KnownTopic> topics, OffsetSpec where)
    {
        var asked = topics.SelectMany(topic => Enumerable.Range(0, topic.Partitions).Select(partition =>
            new TopicPartitionOffsetSpec { TopicPartition = new(topic.Name, partition), OffsetSpec = where })).ToList();
        if (asked.Count == 0)
            return [];
        try
        {
            var options = new ListOffsetsOptions { IsolationLevel = IsolationLevel.ReadUncommitted, RequestTimeout = clients.Options.RequestTimeout.ToTimeSpan() };
            var answer = await clients.AskAsync(admin => admin.ListOffsetsAsync(asked, options)).ConfigureAwait(false);
            return [.. answer.ResultInfos.Select(info => info.TopicPartitionOffsetError).Select(end => new OutputEnd(end.Topic, end.Partition.Value, end.Offset.Value))];
        }
        catch (KafkaException failure)
        {
            throw new KafkaConnectorException($"the ends of {string.Join(", ", topics.Select(topic => topic.Name))} cannot be told: {failure.Error.Reason}", failure);
        }
    }

    private async Task<IEnumerable<KnownTopic>> DescribeSomeAsync(IEnumerable<string> names)
    {
        var options = new DescribeTopicsOptions { RequestTimeout = clients.Options.RequestTimeout.ToTimeSpan() };
        List<TopicDescription> described;
        try
        {
            described = (await clients.AskAsync(admin => admin.DescribeTopicsAsync(TopicCollection.OfTopicNames(names), options)).ConfigureAwait(false)).TopicDescriptions;
        }
        catch (DescribeTopicsException some)
        {
            described = some.Results.TopicDescriptions;
        }
        catch (KafkaException failure)
        {
            throw new KafkaConnectorException(
                new LocalText($"Kafka {clients.Options.BootstrapServers} 未返回主题信息：{failure.Error.Reason}", $"Kafka at {clients.Options.BootstrapServers} does not describe its topics: {failure.Error.Reason}"), failure);
        }

        var refused = described.Find(topic => topic.Error.IsError && topic.Error.Code != ErrorCode.UnknownTopicOrPart);
        if (refused is not null)
            throw new KafkaConnectorException(
                new LocalText($"无法获取主题 {refused.Name} 的信息：{refused.Error.Reason}", $"topic {refused.Name} cannot be described: {refused.Error.Reason}"));
        return described.Where(topic => !topic.Error.IsError).Select(topic => new KnownTopic(topic.Name, topic.TopicId.ToString(), topic.Partitions.Count));
    }
}
