using System.Globalization;
using System.Text;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Engine.Publish.Views;

/// <summary>
/// A revision of an order as a message of the Common Alerting Protocol 1.2 (OASIS): private, addressed to the order's units, in both languages. A view:
/// what CAP has no place for stands in its parameters. Pure.
/// </summary>
public static class CapView
{
    private const string Namespace = "urn:oasis:names:tc:emergency:cap:1.2";

    private static readonly XmlWriterSettings Settings = new() { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" };

    /// <summary>The message, as XML.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="former">The one before it, which an update refers to; null for the first.</param>
    public static string Write(OrderRevision revision, OrderRevision? former)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("alert", Namespace);
            WriteHead(xml, revision, former);
            WriteInfo(xml, revision, "zh-CN", "zh");
            WriteInfo(xml, revision, "en-US", "en");
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteHead(XmlWriter xml, OrderRevision revision, OrderRevision? former)
    {
        Write(xml, "identifier", IdOf(revision));
        Write(xml, "sender", SenderOf(revision));
        Write(xml, "sent", Time(revision.At));
        Write(xml, "status", revision.Text("eventStatus") switch { "exercise" => "Exercise", "test" => "Test", _ => "Actual" });
        Write(xml, "msgType", former is null ? "Alert" : revision.Text("operation") == "cancelled" ? "Cancel" : "Update");
        Write(xml, "scope", "Private");
        Write(xml, "addresses", string.Join(' ', revision.Units));
        Write(xml, "note", $"{revision.Text("operation")}: {revision.Text("status")}");
        if (former is not null)
            Write(xml, "references", $"{SenderOf(former)},{IdOf(former)},{Time(former.At)}");
        Write(xml, "incidents", revision.Text("alertId"));
    }

    private static void WriteInfo(XmlWriter xml, OrderRevision revision, string language, string word)
    {
        xml.WriteStartElement("info", Namespace);
        Write(xml, "language", language);
        Write(xml, "category", "Other");
        Write(xml, "event", revision.Text("description"));
        Write(xml, "responseType", revision.HasEnded || revision.Text("alertStatus") == "cleared" ? "AllClear" : "Execute");
        Write(xml, "urgency", revision.Text("urgency"));
        Write(xml, "severity", SeverityOf(revision.Text("severity")));
        Write(xml, "certainty", revision.Text("certainty"));
        WritePair(xml, "eventCode", revision.Text("eventClass", "scheme"), revision.Text("eventClass", "code"));
        Write(xml, "effective", Time(revision.Text("dispatchedAt")));
        Write(xml, "onset", Time(revision.Text("detectedAt")));
        Write(xml, "senderName", "AlertEngine");
        Write(xml, "headline", revision.Text("title", word));
        foreach ((string name, string value) in ParametersOf(revision))
            WritePair(xml, "parameter", name, value);
        WriteArea(xml, revision);
        xml.WriteEndElement();
    }

    private static IEnumerable<(string Name, string Value)> ParametersOf(OrderRevision revision) => new[]
    {
        ("workOrderId", revision.OrderId), ("revision", revision.Number.ToString(CultureInfo.InvariantCulture)), ("lead", revision.Text("lead")),
        ("commandLevel", revision.Text("commandLevel")), ("escalationReason", revision.Text("escalationReason")), ("colour", revision.Text("severity")),
        ("acknowledgeBy", revision.Text("sla", "acknowledgeBy")), ("arriveBy", revision.Text("sla", "arriveBy")), ("resolveBy", revision.Text("sla", "resolveBy")),
    }.Where(parameter => parameter.Item2.Length != 0);

    private static void WriteArea(XmlWriter xml, OrderRevision revision)
    {
        xml.WriteStartElement("area", Namespace);
        string[] parts = [revision.Text("location", "district"), revision.Text("location", "street"), revision.Text("location", "grid")];
        Write(xml, "areaDesc", string.Join(' ', parts.Where(part => part.Length != 0)));
        if (revision.Position is { } position)
            Write(xml, "circle", $"{position.Latitude},{position.Longitude} 0");
        WritePair(xml, "geocode", "district", revision.Text("location", "district"));
        xml.WriteEndElement();
    }

    private static string IdOf(OrderRevision revision) => $"{revision.OrderId}-{revision.Number.ToString(CultureInfo.InvariantCulture)}";

    // Neither spaces nor commas: references are lists of them.
    private static string SenderOf(OrderRevision revision) => revision.Message.GetProperty("source").GetString()!.Trim('/');

    private static string SeverityOf(string colour) => colour switch { "red" => "Extreme", "orange" => "Severe", "yellow" => "Moderate", _ => "Minor" };

    // CAP has whole seconds and an offset in digits; UTC is written -00:00 (CAP 1.2, 3.3.2).
    private static string Time(string rfc3339)
    {
        Instant instant = OffsetDateTimePattern.ExtendedIso.Parse(rfc3339).Value.ToInstant();
        return instant.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "-00:00";
    }

    private static void Write(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Namespace, Legible(value));

    private static void WritePair(XmlWriter xml, string name, string valueName, string value)
    {
        xml.WriteStartElement(name, Namespace);
        Write(xml, "valueName", valueName);
        Write(xml, "value", value);
        xml.WriteEndElement();
    }

    // A title may quote what a device sent; XML 1.0 has no place for control characters.
    private static string Legible(string text) => string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : '?'));
}
