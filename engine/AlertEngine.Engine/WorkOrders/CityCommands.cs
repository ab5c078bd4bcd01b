using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// Commands for the whole city: each district gets a copy under an id of its own, so that it is taken once there and answered once, however often
/// the city's command is sent. What is about orders stays with the orders of the city, unless it names one that a district has raised to it.
/// </summary>
public static class CityCommands
{
    /// <summary>Whether a command under the city's code concerns its districts too: a mode, a scene, a silence.</summary>
    public static bool IsForAll(DistrictCommand command) => command is ContextCommand or SilenceCommand;

    /// <summary>Whether a command under the city's code may concern an order that a district has raised to the city.</summary>
    public static bool IsForOwner(DistrictCommand command) => command is OrderCommand { Order: not null };

    /// <summary>A district's copy.</summary>
    public static DistrictCommand Copy(DistrictCommand command, string district) => command with { Id = $"{command.Id}@{district}" };

    /// <summary>A district's copy as the record that brings it to the lane of that district.</summary>
    /// <param name="command">The city's command.</param>
    /// <param name="city">The city's code.</param>
    /// <param name="district">The district.</param>
    /// <param name="topic">The topic of commands.</param>
    /// <param name="nowTicks">Now: a command that is to take effect later was still given by now.</param>
    public static Output Record(DistrictCommand command, string city, string district, string topic, long nowTicks) =>
        RecordOf(Copy(command, district), city, district, topic, Math.Min(command.AtTicks, nowTicks));

    /// <summary>A command of the city lane's own for one district as such a record.</summary>
    public static Output Record(Centre.AdoptCommand command, string city, string district, string topic) => RecordOf(command, city, district, topic, command.AtTicks);

    private static Output RecordOf(DistrictCommand command, string city, string district, string topic, long atTicks) => new(OutputKind.Rekeyed, topic, district, JsonText.Bytes(
        (command, city, district, atTicks), static (json, told) =>
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", told.command.Id);
            json.WriteString("source", $"/alertengine/{told.city}");
            json.WriteString("type", CommandDecoder.CommandType);
            json.WriteString("time", Words.Time(told.atTicks));
            json.WriteString("district", told.district);
            WriteData(json, told.command);
            json.WriteEndObject();
        }))
    {
        Transit = new OutputTransit(long.MinValue, 0),
    };

    private static void WriteData(System.Text.Json.Utf8JsonWriter json, DistrictCommand command)
    {
        json.WriteStartObject("data");
        json.WriteString("command", command.Word);
        json.WriteString("actor", command.Actor);
        json.WriteString("reason", command.Reason);
        AlertDocument.WriteOptional(json, "rule", command.RuleId);
        AlertDocument.WriteOptional(json, "key", command.Key);
        AlertDocument.WriteOptional(json, "class", (command as SilenceCommand)?.EventClass);
        WriteOrderWords(json, command as OrderCommand);
        WriteAdoption(json, command as Centre.AdoptCommand);
        AlertDocument.WriteOptional(json, "mode", (command as ContextCommand)?.Mode);
        AlertDocument.WriteOptional(json, "scene", (command as ContextCommand)?.Scene);
        AlertDocument.WriteOptional(json, "until", command.UntilTicks is { } until ? Words.Time(until) : null);
        AlertDocument.WriteOptional(json, "effectiveAt", EffectiveAt(command) is { } at ? Words.Time(at) : null);
        json.WriteEndObject();
    }

    private static void WriteOrderWords(System.Text.Json.Utf8JsonWriter json, OrderCommand? command)
    {
        AlertDocument.WriteOptional(json, "order", command?.Order);
        AlertDocument.WriteOptional(json, "unit", command?.Unit);
        AlertDocument.WriteOptional(json, "to", command?.ToUnit);
    }

    private static void WriteAdoption(System.Text.Json.Utf8JsonWriter json, Centre.AdoptCommand? command)
    {
        AlertDocument.WriteOptional(json, "parent", command?.ParentId);
        AlertDocument.WriteOptional(json, "alert", command?.AlertId);
        AlertDocument.WriteOptional(json, "order", command?.OrderId);
        AlertDocument.WriteOptional(json, "level", command?.Level);
    }

    // A mode or a scene changes at one point of event time in all districts; without an instant of its own that is when the command was given.
    private static long? EffectiveAt(DistrictCommand command) => command is ContextCommand ? command.AtTicks : command.EffectiveAtTicks;
}
