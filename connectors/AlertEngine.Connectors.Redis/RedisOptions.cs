using NodaTime;

namespace AlertEngine.Connectors.Redis;

/// <summary>What a lane does while Redis cannot be asked.</summary>
public enum RedisPolicy
{
    /// <summary>It goes on with its own window, and counts what it could not ask.</summary>
    Local = 0,

    /// <summary>Its event inputs wait.</summary>
    Pause,
}

/// <summary>How Redis remembers events: the keys of <c>AlertEngine:Redis</c>. Immutable.</summary>
public sealed record RedisOptions
{
    /// <summary>The servers and settings, as StackExchange.Redis reads them. Empty: no Redis.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>What the keys begin with: <c>{app}:dedup:</c>. Engines that share events share it. Default <c>alertengine</c>.</summary>
    public string App { get; init; } = "alertengine";

    /// <summary>How long an event is remembered: longer than senders repeat, plus the longest outage, plus how far back a replay begins. Default 24 hours.</summary>
    public Duration TimeToLive { get; init; } = Duration.FromHours(24);

    /// <summary>How long a batch of questions may take; what is not answered then counts as not asked. 250 to 500 ms. Default 250 ms.</summary>
    public Duration Timeout { get; init; } = Duration.FromMilliseconds(250);

    /// <summary>After a batch that was not answered in time, Redis is left alone for so long, so that a hanging server does not slow every batch. Default 1 s.</summary>
    public Duration Rest { get; init; } = Duration.FromSeconds(1);

    /// <summary>What a lane does while Redis cannot be asked. Default <see cref="RedisPolicy.Local"/>.</summary>
    public RedisPolicy Policy { get; init; }
}
