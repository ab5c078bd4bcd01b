namespace AlertEngine.Engine.Lanes;

/// <summary>The topics through which lanes speak to lanes.</summary>
public static class LaneTopics
{
    /// <summary>Events brought to the lane of their district.</summary>
    public const string Rekeyed = "alertengine.rekeyed.v1";

    /// <summary>What lanes send to the city lane: alerts and events that its rules take, what is addressed to the whole city, and how far each lane has come.</summary>
    public const string City = "alertengine.city.v1";

    /// <summary>Commands: people's for a district or the city, and the city lane's copies of the latter for its districts.</summary>
    public const string Commands = "city.commands.v1";

    /// <summary>The key of a record for the city lane that is an event, or an alert as one. Never a district's code, which a stranger may choose.</summary>
    public const string EventKey = "event";

    /// <summary>The key of a record for the city lane that is a command.</summary>
    public const string CommandKey = "command";

    /// <summary>The key of a record for the city lane that reports of a district: an order that has risen to the city, a digest.</summary>
    public const string ReportKey = "report";

    /// <summary>The key of a record for the city lane that only says how far its sender has come.</summary>
    public const string BeatKey = "beat";
}
