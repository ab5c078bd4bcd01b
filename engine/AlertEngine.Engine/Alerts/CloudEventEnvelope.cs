using System.Text.Json;

namespace AlertEngine.Engine.Alerts;

/// <summary>What every message that a district writes begins with: the context attributes of CloudEvents 1.0, in one order.</summary>
internal static class CloudEventEnvelope
{
    /// <summary>Writes the attributes; <c>data</c> is the caller's.</summary>
    /// <param name="json">Within the message's object.</param>
    /// <param name="district">The district that says it.</param>
    /// <param name="id">Unique in the district, and the same for the same message.</param>
    /// <param name="type">The CloudEvents type.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="atTicks">Of when it is.</param>
    public static void Write(Utf8JsonWriter json, string district, string id, string type, string subject, long atTicks)
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", id);
        json.WriteString("source", $"/alertengine/{district}");
        json.WriteString("type", type);
        json.WriteString("subject", subject);
        json.WriteString("time", Words.Time(atTicks));
        json.WriteString("district", district);
        json.WriteString("datacontenttype", "application/json");
    }
}
