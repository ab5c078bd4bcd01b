using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Akka.Configuration;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes.Replay;

/// <summary>
/// A replay: a lane over finite inputs, to their end, behind it the city lane over what it was told, and then the lane once more over what the city
/// lane has to say to its districts.
/// </summary>
public sealed record ReplayPlan
{
    /// <summary>The lane; its options say that it replays.</summary>
    public required LaneSetup Setup { get; init; }

    /// <summary>The city lane, which reads what the lane has sent it once that has come to its end; null: there is none.</summary>
    public LaneSetup? City { get; init; }

    /// <summary>The lane's way on, once the city lane has come to its end: the same lane, with options that say so.</summary>
    internal LaneSetup Behind => Setup with { Options = Setup.Options with { GoesOn = true } };

    /// <summary>Where its journal is.</summary>
    public required ILaneStorage Storage { get; init; }

    /// <summary>Further settings of the actor system, its loggers above all. Default: no logging, for standard output belongs to the facts.</summary>
    public Config Configuration { get; init; } = ConfigurationFactory.ParseString("""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """);

    /// <summary>What the settings of the actor system cannot say: where its loggers write, above all.</summary>
    public ImmutableArray<Akka.Actor.Setup.Setup> Setups { get; init; } = [];

    /// <summary>Lives in a row without any progress after which the replay gives up. Default 40: finding a poison record takes some.</summary>
    public int MaxFruitlessLives { get; init; } = 40;

    /// <summary>Names a replay by what decides its outcome: inputs, rules and city, and how batches are cut. Sixteen hexadecimal digits.</summary>
    public static string IdentityOf(ImmutableArray<InputDescription> inputs, LaneRules rules, LaneOptions options)
    {
        StringBuilder text = new();
        text.Append(rules.Hash).Append('\n').Append(options.BatchRecords).Append('\n').Append(options.MaxGap).Append('\n');
        foreach (InputDescription input in inputs)
            text.Append(input.Topic).Append('\n').Append(input.TopicId).Append('\n').Append(input.Kind).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}

/// <summary>A replay that cannot go on.</summary>
public sealed class ReplayFailedException : Exception
{
    /// <summary>With the reason, for the user.</summary>
    public ReplayFailedException(string message)
        : base(message)
    {
    }
}
