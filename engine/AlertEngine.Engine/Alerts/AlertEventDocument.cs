using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// Writes an alert as the event that rules of the city take (<see cref="AlertEvent"/>), a CloudEvent that the decoder reads like any other. A drill
/// stays a drill. The same alert gives the same bytes.
/// </summary>
public static class AlertEventDocument
{
    /// <summary>Whether a change is one that rules of the city are told of: a real rule's alert opened or opened again and went out.</summary>
    public static bool Tells(in AlertNotice notice) =>
        notice is { Change: AlertChange.Opened, SuppressedBy: null, Merged: null, Alert.IsShadow: false };

    /// <summary>The event of an alert at its opening.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="atTicks">When it opened.</param>
    /// <param name="orderId">Its first work order; null where it has none, or none is known yet.</param>
    public static ReadOnlyMemory<byte> Write(Alert alert, long atTicks, string? orderId) => JsonText.Bytes((alert, atTicks, orderId), static (json, told) =>
    {
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", AlertEvent.IdOf(told.alert.Id, told.alert.Revision));
        json.WriteString("source", $"/alertengine/{told.alert.Place.District}");
        json.WriteString("type", AlertEvent.Type);
        json.WriteString("subject", told.alert.Key.Length == 0 ? told.alert.Id : told.alert.Key);
        json.WriteString("time", Words.Time(told.atTicks));
        AlertDocument.WriteOptional(json, "district", NullIfEmpty(told.alert.Place.District));
        AlertDocument.WriteOptional(json, "street", NullIfEmpty(told.alert.Place.Street));
        AlertDocument.WriteOptional(json, "grid", NullIfEmpty(told.alert.Place.Grid));
        WriteData(json, told.alert, told.orderId);
        json.WriteEndObject();
    });

    private static void WriteData(System.Text.Json.Utf8JsonWriter json, Alert alert, string? orderId)
    {
        json.WriteStartObject("data");
        json.WriteString(AlertEvent.Rule, alert.RuleId);
        json.WriteString(AlertEvent.Key, alert.Key);
        json.WriteString(AlertEvent.Severity, Words.Of(alert.Severity));
        json.WriteString(AlertEvent.Order, orderId ?? "");
        if (alert.EventStatus != EventStatus.Actual)
            json.WriteString("status", Words.Of(alert.EventStatus));
        if (alert.Place.Point is { } point)
            JsonText.WriteLocation(json, point);
        json.WriteEndObject();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
