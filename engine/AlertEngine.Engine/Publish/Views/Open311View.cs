using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertEngine.Engine.Publish.Views;

/// <summary>
/// An order as a service request of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2, GET Service Request): a list of one. A view: the order's own
/// contract says more. Pure.
/// </summary>
public static class Open311View
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The request, as JSON.</summary>
    /// <param name="first">The first revision that is known: its time is when the service was asked for.</param>
    /// <param name="last">The newest.</param>
    public static string Write(OrderRevision first, OrderRevision last)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            WriteRequest(json, first, last);
            WritePlace(json, last);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteRequest(Utf8JsonWriter json, OrderRevision first, OrderRevision last)
    {
        json.WriteString("service_request_id", last.OrderId);
        json.WriteString("status", last.HasEnded ? "closed" : "open");
        json.WriteString("status_notes", Notes(last));
        json.WriteString("service_name", last.Text("description"));
        json.WriteString("service_code", last.Text("eventClass", "code"));
        json.WriteString("description", $"{last.Text("title", "zh")} / {last.Text("title", "en")}");
        json.WriteString("agency_responsible", last.Text("lead"));
        json.WriteString("requested_datetime", first.Text("dispatchedAt"));
        json.WriteString("updated_datetime", last.At);
        if (last.Text("sla", "resolveBy") is { Length: > 0 } resolveBy)
            json.WriteString("expected_datetime", resolveBy);
    }

    private static void WritePlace(Utf8JsonWriter json, OrderRevision last)
    {
        string[] address = [last.Text("location", "district"), last.Text("location", "street"), last.Text("location", "grid"), last.Text("location", "address")];
        json.WriteString("address", string.Join(' ', address.Where(part => part.Length != 0)));
        if (last.Position is not { } position)
            return;
        json.WritePropertyName("lat");
        json.WriteRawValue(position.Latitude);
        json.WritePropertyName("long");
        json.WriteRawValue(position.Longitude);
    }

    // GeoReport knows open and closed only: the rest is said in words.
    private static string Notes(OrderRevision last)
    {
        string notes = $"{last.Text("status")}, {last.Text("commandLevel")}, {last.Text("severity")}";
        return last.Text("escalationReason") is { Length: > 0 } reason ? $"{notes}; {reason}" : notes;
    }
}
