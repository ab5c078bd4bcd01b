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
        CloudEventEnvelope.Write(json, told.District, $"{told.Alert.Id}-{told.Audience}-{told.Alert.Revision}", told.Type, told.Audience, told.AtTicks);
        json.WriteStartObject("data");
        json.WriteString("audience", told.Audience);
        JsonText.WriteText(json, "name", told.Name);
        if (told.Text is { } text)
            JsonText.WriteText(json, "text", text);
        json.WriteString("severity", Words.Of(told.Alert.Severity));
        json.WriteString("alertId", told.Alert.Id);
        json.WriteString("effectiveAt", Words.Time(told.AtTicks));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private readonly record struct Message(string District, string Type, Alert Alert, long AtTicks, LocalText Name, string Audience, LocalText? Text);
}
