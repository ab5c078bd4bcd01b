using System.Collections.Immutable;

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
public sealed record TopicPlan(string Name, PartitionRule Partitions, bool IsCompacted, string Use);

/// <summary>All topics of an engine.</summary>
public static class TopicPlans
{
    /// <summary>The topics that an engine reads and writes.</summary>
    /// <param name="options">Which events it reads.</param>
    /// <param name="orderTopics">The topics of the units that its rules can reach.</param>
    public static ImmutableArray<TopicPlan> Of(KafkaOptions options, IEnumerable<string> orderTopics) =>
    [
        .. options.Inputs.Select(name => new TopicPlan(name, PartitionRule.Lanes, false, "events, keyed by district")),
        .. options.DeviceKeyedInputs.Select(name => new TopicPlan(name, PartitionRule.Any, false, "events, keyed by device")),
        new(TopicNames.Rekeyed, PartitionRule.Lanes, false, "events brought to their district's lane"),
        new(TopicNames.Commands, PartitionRule.Lanes, false, "commands of operators"),
        new(TopicNames.Feedback, PartitionRule.Lanes, false, "what downstream systems report"),
        new(TopicNames.City, PartitionRule.One, false, "what lanes send to the city lane"),
        new(TopicNames.Lanes, PartitionRule.LanesAndCity, true, "who owns which lane; heartbeats"),
        new(TopicNames.Positions, PartitionRule.LanesAndCity, true, "how far each lane has published"),
        .. OutputsOf(orderTopics).Select(name => new TopicPlan(name, PartitionRule.Any, false, UseOf(name))),
    ];

    /// <summary>The topics that lanes write to within their transactions, without the position: where a tail check looks.</summary>
    public static ImmutableArray<string> WrittenByLanes(IEnumerable<string> orderTopics) => [TopicNames.Rekeyed, TopicNames.City, .. OutputsOf(orderTopics)];

    private static IEnumerable<string> OutputsOf(IEnumerable<string> orderTopics) =>
        new[] { TopicNames.Alerts, TopicNames.DeadLetters, TopicNames.Replies, TopicNames.Notifications, TopicNames.Digest, TopicNames.ExerciseOrders }
            .Concat(orderTopics).Distinct(StringComparer.Ordinal);

    private static string UseOf(string name) => name switch
    {
        TopicNames.Alerts => "alerts",
        TopicNames.DeadLetters => "what could not become an event, and why",
        TopicNames.Replies => "answers to commands and feedback",
        TopicNames.Notifications => "notifications for people",
        TopicNames.Digest => "the daily digest",
        TopicNames.ExerciseOrders => "orders of exercises and tests",
        _ => "work orders of a unit",
    };
}
