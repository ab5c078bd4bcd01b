using System.Text.Json;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>Which change of an alert a message tells.</summary>
public enum AlertChange
{
    /// <summary>It opened, or opened again.</summary>
    Opened = 0,

    /// <summary>Something of it changed while it fires.</summary>
    Updated,

    /// <summary>It cleared.</summary>
    Cleared,

    /// <summary>A stage of suppression holds it back.</summary>
    Suppressed,
}

/// <summary>Writes an alert as the CloudEvent of <c>alertengine.alerts.v1</c> (DOMAIN §4). The same alert gives the same bytes.</summary>
public static class AlertDocument
{
    /// <summary>The topic of alerts.</summary>
    public const string Topic = "alertengine.alerts.v1";

    /// <summary>The message of one change.</summary>
    /// <param name="alert">The alert after the change.</param>
    /// <param name="change">What changed.</param>
    /// <param name="atTicks">When, in event time.</param>
    /// <param name="ruleSetHash">The rules in force.</param>
    /// <param name="orderId">The alert's first order; null where there is none.</param>
    /// <param name="suppression">What holds it back, or null.</param>
    public static ReadOnlyMemory<byte> Write(
        Alert alert, AlertChange change, long atTicks, string ruleSetHash, string? orderId, Suppression.Suppression? suppression) =>
        JsonText.Bytes((alert, change, atTicks, ruleSetHash, orderId, suppression), static (json, message) =>
        {
            json.WriteStartObject();
            Alert alert = message.alert;
            CloudEventEnvelope.Write(json, alert.Place.District, $"{alert.Id}-{alert.Revision}", $"city.alert.{Word(message.change)}.v1", alert.Id, message.atTicks);
            json.WriteStartObject("data");
            WriteData(json, alert, message.ruleSetHash, message.orderId, message.suppression);
            json.WriteEndObject();
            json.WriteEndObject();
        });

    private static void WriteData(Utf8JsonWriter json, Alert alert, string ruleSetHash, string? orderId, Suppression.Suppression? suppression)
    {
        json.WriteString("alertId", alert.Id);
        json.WriteStartObject("rule");
        json.WriteString("id", alert.RuleId);
        json.WriteString("ruleSetHash", ruleSetHash);
        json.WriteString("stage", alert.IsShadow ? "shadow" : "live");
        json.WriteEndObject();
        json.WriteString("key", alert.Key);
        json.WriteString("severity", Words.Of(alert.Severity));
        json.WriteString("district", alert.Place.District);
        json.WriteString("status", Words.Of(alert.Status));
        json.WriteString("eventStatus", Words.Of(alert.EventStatus));
        JsonText.WriteText(json, "title", alert.Title);
        json.WriteString("openedAt", Words.Time(alert.OpenedAtTicks));
        WriteOptional(json, "clearedAt", alert.Status == AlertStatus.Cleared && alert.EndedAtTicks is { } ended ? Words.Time(ended) : null);
        WriteOptional(json, "clearReason", alert.Status == AlertStatus.Cleared ? Words.Of(alert.Reason) : null);
        WriteOptional(json, "suppressedBy", suppression?.By);
        WriteOptional(json, "suppressedReason", suppression?.Reason);
        json.WriteNumber("mergedCount", alert.MergedCount);
        json.WriteNumber("reopenedCount", alert.ReopenedCount);
        json.WriteBoolean("late", alert.IsLate);
        WriteOptional(json, "workOrderId", orderId);
    }

    internal static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static string Word(AlertChange change) => change switch
    {
        AlertChange.Opened => "opened",
        AlertChange.Updated => "updated",
        AlertChange.Cleared => "cleared",
        _ => "suppressed",
    };
}
