using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Publish;

/// <summary>
/// Writes what is asked to be broadcast (云广播) to an audience, and that it need not be said any more: CloudEvents on the topic of notifications. The same
/// change of an alert gives the same bytes.
/// </summary>
internal static class BroadcastDocument
{
    /// <summary>Something is to be said.</summary>
    public static ReadOnlyMemory<byte> Requested(string district, in AlertNotice notice, LocalText name, string audience, LocalText text) =>
        Write(new Message(district, "city.broadcast.requested.v1", notice.Alert, notice.AtTicks, name, audience, text));

    /// <summary>It is over.</summary>
    public static ReadOnlyMemory<byte> Ended(string district, in AlertNotice notice, LocalText name, string audience) =>
        Write(new Message(district, "city.broadcast.ended.v1", notice.Alert, notice.AtTicks, name, audience, null));

    private static ReadOnlyMemory<byte> Write(Message message) => JsonText.Bytes(message, static (json, told) =>
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", $"{told.Alert.Id}-{told.Audience}-{told.Alert.Revision}");
        json.WriteString("source", $"/alertengine/{told.District}");
        json.WriteString("type", told.Type);
        json.WriteString("subject", told.Audience);
        json.WriteString("time", Words.Time(told.AtTicks));
        json.WriteString("district", told.District);
        json.WriteString("datacontenttype", "application/json");
        json.WriteStartObject("data");
        json.WriteString("audience", told.Audience);
        WriteText(json, "name", told.Name);
        if (told.Text is { } text)
            WriteText(json, "text", text);
        json.WriteString("severity", Words.Of(told.Alert.Severity));
        json.WriteString("alertId", told.Alert.Id);
        json.WriteString("effectiveAt", Words.Time(told.AtTicks));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteText(System.Text.Json.Utf8JsonWriter json, string name, LocalText text)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    private readonly record struct Message(string District, string Type, Alert Alert, long AtTicks, LocalText Name, string Audience, LocalText? Text);
}
