using System.Text.Json;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// A command as its sender wrote it: the members of the CloudEvent and of its data as texts, each known and none twice. What stands here was
/// read, not yet understood. Immutable.
/// </summary>
internal sealed record CommandMessage
{
    private const string Members = "command, actor, reason, order, rule, key, class, unit, to, mode, scene, alert, parent, level, until, effectiveAt";

    public string SpecVersion { get; private init; } = "";

    public string Id { get; private init; } = "";

    public string Type { get; private init; } = "";

    public string Time { get; private init; } = "";

    public string District { get; private init; } = "";

    public string Word { get; private init; } = "";

    public string Actor { get; private init; } = "";

    public string Reason { get; private init; } = "";

    public string? Order { get; private init; }

    public string? Rule { get; private init; }

    public string? Key { get; private init; }

    public string? EventClass { get; private init; }

    public string? Unit { get; private init; }

    public string? To { get; private init; }

    public string? Mode { get; private init; }

    public string? Scene { get; private init; }

    public string? Alert { get; private init; }

    public string? Parent { get; private init; }

    public string? Level { get; private init; }

    public string? Until { get; private init; }

    public string? EffectiveAt { get; private init; }

    /// <summary>The first thing that is wrong with its shape; null where nothing is.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads an object; attributes that are not ours are extensions and are passed over, members of the data are not.</summary>
    /// <exception cref="InvalidOperationException">A text has half a surrogate pair.</exception>
    public static CommandMessage Read(JsonElement root)
    {
        var message = new CommandMessage();
        bool hasData = false;
        foreach (JsonProperty member in root.EnumerateObject())
        {
            hasData |= member.NameEquals("data");
            message = member.NameEquals("data") ? message.WithData(member.Value) : message.WithAttribute(member);
        }

        return hasData ? message : message.But("it has no data");
    }

    private CommandMessage WithAttribute(JsonProperty member) => member.Name switch
    {
        "specversion" => this with { SpecVersion = TextOf(member) },
        "id" => this with { Id = TextOf(member) },
        "type" => this with { Type = TextOf(member) },
        "time" => this with { Time = TextOf(member) },
        "district" => this with { District = TextOf(member) },
        _ => this,
    };

    private CommandMessage WithData(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
            return But("its data are no object");
        CommandMessage message = this;
        foreach (JsonProperty member in data.EnumerateObject())
            message = member.Value.ValueKind == JsonValueKind.String ? message.WithMember(member) : message.But($"data.{member.Name} is no text");
        return message;
    }

    private CommandMessage WithMember(JsonProperty member) => member.Name switch
    {
        "command" => this with { Word = TextOf(member) },
        "actor" => this with { Actor = TextOf(member) },
        "reason" => this with { Reason = TextOf(member) },
        "order" => this with { Order = TextOf(member) },
        "rule" => this with { Rule = TextOf(member) },
        "key" => this with { Key = TextOf(member) },
        "class" => this with { EventClass = TextOf(member) },
        "unit" => this with { Unit = TextOf(member) },
        "to" => this with { To = TextOf(member) },
        "mode" => this with { Mode = TextOf(member) },
        "scene" => this with { Scene = TextOf(member) },
        "alert" => this with { Alert = TextOf(member) },
        "parent" => this with { Parent = TextOf(member) },
        "level" => this with { Level = TextOf(member) },
        "until" => this with { Until = TextOf(member) },
        "effectiveAt" => this with { EffectiveAt = TextOf(member) },
        _ => But($"data.{member.Name} is none of {Members}"),
    };

    private CommandMessage But(string fault) => Fault is null ? this with { Fault = fault } : this;

    private static string TextOf(JsonProperty member) => member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "";
}
