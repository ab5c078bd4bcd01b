using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Connectors.Kafka.Topics;

/// <summary>The names of the topics. Permanent: others publish and consume by them.</summary>
public static class TopicNames
{
    /// <summary>Alerts: opened, updated, cleared, suppressed.</summary>
    public const string Alerts = "alertengine.alerts.v1";

    /// <summary>Inputs that could not become events, with the reason.</summary>
    public const string DeadLetters = "alertengine.deadletters.v1";

    /// <summary>Events brought to the lane of their district.</summary>
    public const string Rekeyed = LaneTopics.Rekeyed;

    /// <summary>What lanes send to the city lane; one partition.</summary>
    public const string City = LaneTopics.City;

    /// <summary>Whose assignment says who owns a lane; also carries the lanes' heartbeats. Compacted.</summary>
    public const string Lanes = "alertengine.lanes.v1";

    /// <summary>How far each lane has published. Compacted.</summary>
    public const string Positions = "alertengine.positions.v1";

    /// <summary>Answers to commands and feedback.</summary>
    public const string Replies = "alertengine.replies.v1";

    /// <summary>Notifications for people.</summary>
    public const string Notifications = "alertengine.notifications.v1";

    /// <summary>The daily digest for people.</summary>
    public const string Digest = "alertengine.digest.v1";

    /// <summary>Commands of operators, keyed by district.</summary>
    public const string Commands = LaneTopics.Commands;

    /// <summary>What downstream systems report about orders, keyed by district.</summary>
    public const string Feedback = "city.workorders.feedback.v1";

    /// <summary>Orders of exercises and tests: never a real one.</summary>
    public const string ExerciseOrders = "city.workorders.exercise.v1";

    /// <summary>The topics of events that are read where none are configured.</summary>
    public static ImmutableArray<string> DefaultInputs { get; } = ["city.events.sensor.v1", "city.events.video.v1", "city.events.drone.v1"];

    /// <summary>The topic of a unit's work orders.</summary>
    public static string WorkOrdersOf(string unit) => $"city.workorders.{unit}.v1";
}
