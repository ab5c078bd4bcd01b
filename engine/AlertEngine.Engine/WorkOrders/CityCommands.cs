using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// Commands for the whole city: each district gets a copy under an id of its own, so that it is taken once there and answered once, however often
/// the city's command is sent. What is about orders stays with the orders of the city: no district has them.
/// </summary>
public static class CityCommands
{
    /// <summary>Whether a command under the city's code concerns its districts too: a mode, a scene, a silence.</summary>
    public static bool IsForAll(DistrictCommand command) => command is ContextCommand or SilenceCommand;

    /// <summary>A district's copy.</summary>
    public static DistrictCommand Copy(DistrictCommand command, string district) => command with { Id = $"{command.Id}@{district}" };

    /// <summary>A district's copy as the record that brings it to the lane of that district.</summary>
    /// <param name="command">The city's command.</param>
    /// <param name="city">The city's code.</param>
    /// <param name="district">The district.</param>
    /// <param name="topic">The topic of commands.</param>
    /// <param name="nowTicks">Now: a command that is to take effect later was still given by now.</param>
    public static Output Record(DistrictCommand command, string city, string district, string topic, long nowTicks) => new(OutputKind.Rekeyed, topic, district, JsonText.Bytes(
        (Copy: Copy(command, district), city, district, At: Math.Min(command.AtTicks, nowTicks)), static (json, told) =>
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", told.Copy.Id);
            json.WriteString("source", $"/alertengine/{told.city}");
            json.WriteString("type", CommandDecoder.CommandType);
            json.WriteString("time", Words.Time(told.At));
            json.WriteString("district", told.district);
            WriteData(json, told.Copy);
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
        AlertDocument.WriteOptional(json, "mode", (command as ContextCommand)?.Mode);
        AlertDocument.WriteOptional(json, "scene", (command as ContextCommand)?.Scene);
        AlertDocument.WriteOptional(json, "until", command.UntilTicks is { } until ? Words.Time(until) : null);
        AlertDocument.WriteOptional(json, "effectiveAt", EffectiveAt(command) is { } at ? Words.Time(at) : null);
        json.WriteEndObject();
    }

    // A mode or a scene changes at one point of event time in all districts; without an instant of its own that is when the command was given.
    private static long? EffectiveAt(DistrictCommand command) => command is ContextCommand ? command.AtTicks : command.EffectiveAtTicks;
}
