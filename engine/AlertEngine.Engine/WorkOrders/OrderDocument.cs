using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>What an order's message says beside the order itself.</summary>
/// <param name="Rule">The rule that opened its alert; null where the rule is gone.</param>
/// <param name="RuleSetHash">The rules in force.</param>
/// <param name="City">The city.</param>
/// <param name="Mode">The mode in force.</param>
/// <param name="Scenes">The scenes that are on.</param>
public sealed record OrderSetting(CompiledRule? Rule, string RuleSetHash, CityModel City, string Mode, ImmutableArray<string> Scenes);

/// <summary>Writes an order's revision as the CloudEvent of DOMAIN §4. The same revision gives the same bytes.</summary>
public static class OrderDocument
{
    /// <summary>Where orders from drills and tests go: never to a unit.</summary>
    public const string ExerciseTopic = "city.workorders.exercise.v1";

    /// <summary>The message of the order's present revision.</summary>
    public static ReadOnlyMemory<byte> Write(WorkOrder order, OrderSetting setting) => JsonText.Bytes((order, setting), static (json, message) =>
    {
        json.WriteStartObject();
        WorkOrder order = message.order;
        CloudEventEnvelope.Write(json, order.Alert.Place.District, $"{order.Id}-{order.Revision}", $"city.workorder.{Word(order.Operation)}.v1", order.Id, order.RevisedAtTicks);
        json.WriteStartObject("data");
        WriteOrder(json, order, message.setting);
        WriteWhere(json, order.Alert.Place);
        WriteWho(json, order);
        WriteDeadlines(json, order.Deadlines);
        WriteAlert(json, order.Alert);
        WriteWhy(json, order, message.setting);
        WriteTimes(json, order);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The word of an operation: <c>dispatched</c>, …</summary>
    public static string Word(OrderOperation operation) => operation switch
    {
        OrderOperation.Dispatched => "dispatched",
        OrderOperation.Updated => "updated",
        OrderOperation.Escalated => "escalated",
        OrderOperation.Merged => "merged",
        OrderOperation.Cancelled => "cancelled",
        _ => "closed",
    };

    /// <summary>The word of a status: <c>dispatched</c>, <c>acknowledged</c>, …</summary>
    public static string Word(OrderStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The word of a delivery: <c>sent</c>, <c>acknowledged</c>, …</summary>
    public static string Word(DeliveryStatus status) => status.ToString().ToLowerInvariant();

    private static void WriteOrder(Utf8JsonWriter json, WorkOrder order, OrderSetting setting)
    {
        json.WriteString("workOrderId", order.Id);
        json.WriteNumber("revision", order.Revision);
        json.WriteString("operation", Word(order.Operation));
        json.WriteString("status", Word(order.Status));
        json.WriteString("eventStatus", Words.Of(order.Alert.EventStatus));
        json.WriteString("mode", setting.Mode);
        json.WriteStartArray("scenes");
        foreach (string scene in setting.Scenes)
            json.WriteStringValue(scene);
        json.WriteEndArray();
        json.WriteStartObject("eventClass");
        json.WriteString("scheme", setting.Rule?.EventClass?.Scheme ?? "alertengine");
        json.WriteString("code", setting.Rule?.EventClass?.Code ?? order.Alert.RuleId);
        json.WriteEndObject();
        JsonText.WriteText(json, "title", order.Alert.Title);
        json.WriteString("description", setting.Rule is { } rule ? $"{rule.Name.Zh} / {rule.Name.En}" : order.Alert.RuleId);
        json.WriteString("severity", Words.Of(order.Alert.Severity));
        json.WriteString("urgency", order.Alert.Severity >= Severity.Orange ? "Immediate" : order.Alert.Severity == Severity.Yellow ? "Expected" : "Future");
        json.WriteString("certainty", "Observed");
    }

    private static void WriteWhere(Utf8JsonWriter json, AlertPlace place)
    {
        json.WriteStartObject("location");
        if (place.Point is { } point)
        {
            json.WriteStartObject("point");
            json.WriteString("type", "Point");
            json.WriteStartArray("coordinates");
            json.WriteNumberValue(point.Longitude);
            json.WriteNumberValue(point.Latitude);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString("crs", "wgs84");
        }

        json.WriteString("district", place.District);
        AlertDocument.WriteOptional(json, "street", place.Street.Length == 0 ? null : place.Street);
        AlertDocument.WriteOptional(json, "grid", place.Grid.Length == 0 ? null : place.Grid);
        json.WriteEndObject();
    }

    private static void WriteWho(Utf8JsonWriter json, WorkOrder order)
    {
        json.WriteString("lead", order.Lead);
        json.WriteStartArray("coHandlers");
        foreach (string unit in order.CoHandlers)
            json.WriteStringValue(unit);
        json.WriteEndArray();
        json.WriteString("routeReason", order.RouteReason);
        json.WriteString("commandLevel", order.CommandLevel);
        AlertDocument.WriteOptional(json, "commandUnit", order.CommandUnit);
        json.WriteNumber("escalationSeq", order.EscalationSequence);
        AlertDocument.WriteOptional(json, "escalationReason", order.EscalationReason);
        AlertDocument.WriteOptional(json, "parentId", order.ParentId);
        json.WriteNumber("episode", order.Episode);
        if (order.LastCommand is { } command)
            WriteCommand(json, command);
        WriteDeliveries(json, order);
    }

    private static void WriteDeliveries(Utf8JsonWriter json, WorkOrder order)
    {
        json.WriteStartArray("deliveries");
        foreach (OrderDelivery delivery in order.Deliveries)
        {
            json.WriteStartObject();
            json.WriteString("unit", delivery.Unit);
            json.WriteNumber("sinceRevision", delivery.FirstRevision);
            json.WriteString("sentAt", Words.Time(delivery.SentAtTicks));
            json.WriteString("status", Word(delivery.Status));
            json.WriteString("statusAt", Words.Time(delivery.StatusAtTicks));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCommand(Utf8JsonWriter json, OrderFeedback command)
    {
        json.WriteStartObject("lastCommand");
        json.WriteString("id", command.CommandId);
        json.WriteString("command", OrderLifecycle.Word(command.Verb));
        json.WriteString("actor", command.Actor);
        json.WriteString("reason", command.Reason);
        json.WriteString("at", Words.Time(command.AtTicks));
        AlertDocument.WriteOptional(json, "unit", command.Unit);
        json.WriteEndObject();
    }

    private static void WriteDeadlines(Utf8JsonWriter json, OrderDeadlines deadlines)
    {
        json.WriteStartObject("sla");
        AlertDocument.WriteOptional(json, "acknowledgeBy", deadlines.AcknowledgeByTicks is { } acknowledge ? Words.Time(acknowledge) : null);
        AlertDocument.WriteOptional(json, "arriveBy", deadlines.ArriveByTicks is { } arrive ? Words.Time(arrive) : null);
        AlertDocument.WriteOptional(json, "resolveBy", deadlines.ResolveByTicks is { } resolve ? Words.Time(resolve) : null);
        AlertDocument.WriteOptional(json, "profile", deadlines.Plan?.Name);
        AlertDocument.WriteOptional(json, "unit", deadlines.Plan is { } plan ? UnitWord((plan.Resolve ?? plan.Acknowledge ?? plan.Arrive)?.Unit) : null);
        AlertDocument.WriteOptional(json, "calendarId", deadlines.Plan?.CalendarId);
        AlertDocument.WriteOptional(json, "calendarVersion", deadlines.CalendarVersion);
        json.WriteEndObject();
    }

    private static string? UnitWord(SlaUnit? unit) => unit switch
    {
        SlaUnit.Hours => "hours",
        SlaUnit.WorkHours => "work-hours",
        SlaUnit.Workdays => "workdays",
        _ => null,
    };

    private static void WriteAlert(Utf8JsonWriter json, Alert alert)
    {
        json.WriteString("alertId", alert.Id);
        json.WriteString("alertStatus", Words.Of(alert.Status));
        json.WriteString("key", alert.Key);
        json.WriteString("dedupKey", alert.DedupKey);
        json.WriteNumber("mergedCount", alert.MergedCount);
        AlertDocument.WriteOptional(json, "bundledBy", alert.BundledBy.Length == 0 ? null : alert.BundledBy);
        json.WriteStartArray("relatedEventIds");
        foreach (EventReference reference in alert.RelatedEvents)
            json.WriteStringValue(reference.Id);
        json.WriteEndArray();
        if (!alert.Children.IsEmpty)
            WriteChildren(json, alert);
    }

    private static void WriteChildren(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartArray("children");
        foreach (ChildAlert child in alert.Children)
        {
            json.WriteStartObject();
            json.WriteString("district", child.District);
            json.WriteString("alertId", child.AlertId);
            AlertDocument.WriteOptional(json, "workOrderId", child.OrderId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWhy(Utf8JsonWriter json, WorkOrder order, OrderSetting setting)
    {
        json.WriteStartObject("rule");
        json.WriteString("id", order.Alert.RuleId);
        AlertDocument.WriteOptional(json, "version", setting.Rule?.Version);
        json.WriteString("ruleSetHash", setting.RuleSetHash);
        json.WritePropertyName("conditions");
        json.WriteRawValue(order.Alert.Conditions, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteStartArray("evidence");
        foreach (string item in order.Alert.Evidence)
            json.WriteRawValue(item, skipInputValidation: true);
        json.WriteEndArray();
    }

    private static void WriteTimes(Utf8JsonWriter json, WorkOrder order)
    {
        json.WriteString("detectedAt", Words.Time(order.Alert.OpenedAtTicks));
        json.WriteString("filedAt", Words.Time(order.DispatchedAtTicks));
        json.WriteString("dispatchedAt", Words.Time(order.DispatchedAtTicks));
        json.WriteString("correlationid", order.Alert.Id);
        AlertDocument.WriteOptional(json, "causationid", order.Alert.OpenedBy?.Id);
        json.WriteStartObject("links");
        json.WriteString("explain", $"alertengine://alerts/{order.Alert.Id}");
        json.WriteEndObject();
    }
}
