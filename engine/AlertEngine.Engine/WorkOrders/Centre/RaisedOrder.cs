using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.WorkOrders.Centre;

/// <summary>An order of a district that has risen to the highest level, as the centre knows it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="District">Whose it is: commands about it go there.</param>
/// <param name="RaisedAtTicks">When the centre was first told of it.</param>
public sealed record RaisedOrder(string OrderId, string District, long RaisedAtTicks)
{
    /// <summary>Whether a district's order is the centre's concern.</summary>
    public static bool IsOne(WorkOrder order, CityModel city) =>
        city.Levels.Length > 1 && order.CommandLevel == city.Levels[^1] && order.Alert.EventStatus == EventStatus.Actual;

    /// <summary>What the centre is told of a revision.</summary>
    public static ReadOnlyMemory<byte> Report(WorkOrder order, string district) => JsonText.Bytes((order, district), static (json, told) =>
    {
        json.WriteStartObject();
        CloudEventEnvelope.Write(json, told.district, $"{told.order.Id}-{told.order.Revision}", CentreReport.OrderType, told.order.Id, told.order.RevisedAtTicks);
        json.WriteStartObject("data");
        json.WriteString("workOrderId", told.order.Id);
        json.WriteString("commandLevel", told.order.CommandLevel);
        json.WriteString("status", OrderDocument.Word(told.order.Status));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>What such a report says; null where it names no order.</summary>
    public static RaisedOrder? Read(CentreReport report) =>
        report.Data.TryGetProperty("workOrderId", out var id) && id.GetString() is { Length: > 0 } orderId ? new RaisedOrder(orderId, report.District, report.AtTicks) : null;
}
