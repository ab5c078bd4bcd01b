using Akka.Configuration;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Where lanes run: each on a thread of its own. A lane decodes without a pause as long as there are records; on the pool, what passes from hand
/// to hand there (a write to the journal goes through a dozen of them) would wait behind slices of that, and the next batch behind the write.
/// </summary>
public static class LaneDispatcher
{
    /// <summary>What an actor is told to run there.</summary>
    public const string Name = "alertengine.lane-dispatcher";

    /// <summary>What the actor system of lanes needs to know: one setting a line.</summary>
    public static Config Configuration { get; } = ConfigurationFactory.ParseString($"""
        {Name}.type = PinnedDispatcher
        {Name}.throughput = 1
        """);
}
