using System.Collections.Immutable;
using AlertEngine.Host.Logging;
using NodaTime;

namespace AlertEngine.Host.Configuration;

/// <summary>One key: its name below <c>AlertEngine</c>, whether it holds a secret, and what it sets.</summary>
internal sealed record SettingKey(string Name, Func<EngineSettings, string, EngineSettings> Set, bool IsSecret = false)
{
    /// <summary>For a key that takes a list: elements are joined by <see cref="ListSeparator"/> before they are set.</summary>
    public bool IsList { get; init; }

    /// <summary>Between the elements of a list written in one value.</summary>
    public const char ListSeparator = ',';
}

/// <summary>All keys there are. What is not here does not exist.</summary>
internal static class SettingKeys
{
    /// <summary>The section.</summary>
    public const string Root = "AlertEngine";

    /// <summary>What follows it is passed to the Kafka client as it is.</summary>
    public const string ClientPrefix = "Kafka:Client:";

    public static ImmutableArray<SettingKey> All { get; } =
    [
        new("Kafka:BootstrapServers", (s, v) => s with { Kafka = s.Kafka with { BootstrapServers = v } }),
        new("Kafka:GroupId", (s, v) => s with { Kafka = s.Kafka with { GroupId = v } }),
        new("Kafka:TransactionalIdPrefix", (s, v) => s with { Kafka = s.Kafka with { TransactionalIdPrefix = v } }),
        new("Kafka:InstanceId", (s, v) => s with { Kafka = s.Kafka with { InstanceId = v } }),
        new("Kafka:Inputs", (s, v) => s with { Kafka = s.Kafka with { Inputs = List(v) } }) { IsList = true },
        new("Kafka:DeviceKeyedInputs", (s, v) => s with { Kafka = s.Kafka with { DeviceKeyedInputs = List(v) } }) { IsList = true },
        new("Kafka:PrefetchBytes", (s, v) => s with { Kafka = s.Kafka with { PrefetchBytes = SettingValues.Bytes(v) } }),
        new("Kafka:FetchWait", (s, v) => s with { Kafka = s.Kafka with { FetchWait = SettingValues.Duration(v) } }),
        new("Kafka:TransactionTimeout", (s, v) => s with { Kafka = s.Kafka with { TransactionTimeout = SettingValues.Duration(v) } }),
        new("Kafka:SlowCommit", (s, v) => s with { Kafka = s.Kafka with { SlowCommit = SettingValues.Duration(v) } }),
        new("Kafka:RequestTimeout", (s, v) => s with { Kafka = s.Kafka with { RequestTimeout = SettingValues.Duration(v) } }),
        new("Redis:Configuration", (s, v) => s with { Redis = s.Redis with { Configuration = v } }, IsSecret: true),
        new("Redis:App", (s, v) => s with { Redis = s.Redis with { App = v } }),
        new("Redis:TimeToLive", (s, v) => s with { Redis = s.Redis with { TimeToLive = SettingValues.Duration(v) } }),
        new("Redis:Timeout", (s, v) => s with { Redis = s.Redis with { Timeout = SettingValues.Duration(v) } }),
        new("Redis:Policy", (s, v) => s with { Redis = s.Redis with { Policy = SettingValues.OneOf<Connectors.Redis.RedisPolicy>(v) } }),
        new("Journal:Provider", (s, v) => s with { Journal = s.Journal with { Provider = SettingValues.OneOf<Connectors.Sql.JournalProvider>(v) } }),
        new("Journal:ConnectionString", (s, v) => s with { Journal = s.Journal with { ConnectionString = v } }, IsSecret: true),
        new("Rules", (s, v) => s with { Rules = List(v) }) { IsList = true },
        new("City", (s, v) => s with { City = v }),
        new("Time:Lateness", (s, v) => s with { Lateness = SettingValues.Duration(v) }),
        new("Time:Idle", (s, v) => s with { Idle = SettingValues.Duration(v) }),
        new("Time:MaxSkew", (s, v) => s with { MaxSkew = SettingValues.Duration(v) }),
        new("Time:Stop", (s, v) => s with { Stop = SettingValues.Duration(v, atMost: Duration.FromMinutes(4)) }),
        new("Http:Urls", (s, v) => s with { Urls = v }),
        new("Log:Format", (s, v) => s with { Log = s.Log with { Format = SettingValues.OneOf<LogFormat>(v) } }),
        new("Log:Level", (s, v) => s with { Log = s.Log with { Level = SettingValues.OneOf<LogLevel>(v) } }),
    ];

    private static ImmutableArray<string> List(string value) =>
        [.. value.Split(SettingKey.ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
