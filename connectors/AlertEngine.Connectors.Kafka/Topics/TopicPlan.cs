using System.Collections.Immutable;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Connectors.Kafka.Topics;

/// <summary>How many partitions a topic has to have. N is the number of the city's lanes, which the events' topics set.</summary>
public enum PartitionRule
{
    /// <summary>N, because a lane reads its partition of it.</summary>
    Lanes = 0,

    /// <summary>N + 1: one for each lane and one for the city's.</summary>
    LanesAndCity,

    /// <summary>One.</summary>
    One,

    /// <summary>Any number; N where it is created here.</summary>
    Any,
}

/// <summary>What the engine needs of a topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many partitions.</param>
/// <param name="IsCompacted">Whether the newest record of each key must be kept for ever.</param>
/// <param name="Use">What it is for, in a few words.</param>
public sealed record TopicPlan(string Name, PartitionRule Partitions, bool IsCompacted, LocalText Use)
{
    /// <summary>For how long the topic keeps records where it is created here; null: as long as the broker does by default.</summary>
    public Duration? Retention { get; init; }
}

/// <summary>All topics of an engine.</summary>
public static class TopicPlans
{
    /// <summary>Whole events on their way to another lane are kept for the longest outage that is planned for, and no longer: they name persons.</summary>
    public static Duration TransitRetention { get; } = Duration.FromDays(7);

    /// <summary>The topics that an engine reads and writes.</summary>
    /// <param name="options">Which events it reads.</param>
    /// <param name="orderTopics">The topics of the units that its rules can reach.</param>
    public static ImmutableArray<TopicPlan> Of(KafkaOptions options, IEnumerable<string> orderTopics) =>
    [
        .. options.Inputs.Select(name => new TopicPlan(name, PartitionRule.Lanes, false, new("按区键控的事件", "events, keyed by district"))),
        .. options.DeviceKeyedInputs.Select(name => new TopicPlan(name, PartitionRule.Any, false, new("按设备键控的事件", "events, keyed by device"))),
        new(TopicNames.Rekeyed, PartitionRule.Lanes, false, new("转到所属区通道的事件", "events brought to their district's lane")) { Retention = TransitRetention },
        new(TopicNames.Commands, PartitionRule.Lanes, false, new("操作员命令", "commands of operators")),
        new(TopicNames.Feedback, PartitionRule.Lanes, false, new("下游系统的反馈", "what downstream systems report")),
        new(TopicNames.City, PartitionRule.One, false, new("各通道发往全市通道的记录", "what lanes send to the city lane")) { Retention = TransitRetention },
        new(TopicNames.Lanes, PartitionRule.LanesAndCity, true, new("通道归属与心跳", "who owns which lane; heartbeats")),
        new(TopicNames.Positions, PartitionRule.LanesAndCity, true, new("各通道的发布位置", "how far each lane has published")),
        .. OutputsOf(orderTopics).Select(name => new TopicPlan(name, PartitionRule.Any, false, UseOf(name))),
    ];

    /// <summary>The topics that lanes write to within their transactions, without the position: where a tail check looks.</summary>
    public static ImmutableArray<string> WrittenByLanes(IEnumerable<string> orderTopics) =>
        [TopicNames.Rekeyed, TopicNames.City, TopicNames.Commands, TopicNames.Feedback, .. OutputsOf(orderTopics)];

    private static IEnumerable<string> OutputsOf(IEnumerable<string> orderTopics) =>
        new[] { TopicNames.Alerts, TopicNames.DeadLetters, TopicNames.Replies, TopicNames.Notifications, TopicNames.Digest, TopicNames.ExerciseOrders }
            .Concat(orderTopics).Distinct(StringComparer.Ordinal);

    private static LocalText UseOf(string name) => name switch
    {
        TopicNames.Alerts => new("告警", "alerts"),
        TopicNames.DeadLetters => new("无法成为事件的输入及原因", "what could not become an event, and why"),
        TopicNames.Replies => new("对命令与反馈的答复", "answers to commands and feedback"),
        TopicNames.Notifications => new("给人员的通知", "notifications for people"),
        TopicNames.Digest => new("每日信息报送", "the daily digest"),
        TopicNames.ExerciseOrders => new("演练与测试工单", "orders of exercises and tests"),
        _ => new("单位的工单", "work orders of a unit"),
    };
}
