using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Publish;

/// <summary>Writes the messages that tell of a switched mode, and of scenes that begin and end: CloudEvents on the topic of notifications.</summary>
internal static class ContextDocument
{
    /// <summary>The topic.</summary>
    public const string Topic = "alertengine.notifications.v1";

    /// <summary>The mode was switched. The same switch gives the same bytes.</summary>
    public static ReadOnlyMemory<byte> Mode(string district, ContextTurn turn, CityModel city) =>
        Write(new Message(district, "city.mode.switched.v1", turn.AtTicks, "mode", turn.Now.Mode, city.Modes.GetValueOrDefault(turn.Now.Mode)?.Name, turn.Former.Mode));

    /// <summary>A scene began or ended.</summary>
    public static ReadOnlyMemory<byte> Scene(string district, string scene, bool isStart, long atTicks, CityModel city) =>
        Write(new Message(district, isStart ? "city.scene.started.v1" : "city.scene.ended.v1", atTicks, "scene", scene, city.Scenes.GetValueOrDefault(scene)?.Name, null));

    private static ReadOnlyMemory<byte> Write(Message message) => JsonText.Bytes(message, static (json, told) =>
    {
        json.WriteStartObject();
        CloudEventEnvelope.Write(json, told.District, $"{told.District}-{told.Type}-{told.Word}-{told.AtTicks}", told.Type, told.Word, told.AtTicks);
        json.WriteStartObject("data");
        json.WriteString(told.Member, told.Word);
        JsonText.WriteText(json, "name", told.Name ?? LocalText.Both(told.Word));
        if (told.Former is { } former)
            json.WriteString("former", former);
        json.WriteString("effectiveAt", Words.Time(told.AtTicks));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private readonly record struct Message(string District, string Type, long AtTicks, string Member, string Word, LocalText? Name, string? Former);
}
