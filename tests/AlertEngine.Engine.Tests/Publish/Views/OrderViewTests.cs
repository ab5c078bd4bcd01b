using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish.Views;
using AlertEngine.Engine.Tests.Lanes;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using AlertEngine.Testing.Services;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Publish.Views;

/// <summary>
/// Goal: the same order reads as a CAP message that the standard's own schema accepts, and as an Open311 request. Method: a kernel's messages of a whole
/// life, each viewed; CAP held against CAP-v1.2.xsd.
/// </summary>
public sealed class OrderViewTests
{
    private static readonly long Start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();
    private static readonly XNamespace Cap = "urn:oasis:names:tc:emergency:cap:1.2";

    [Fact]
    public void Every_revision_of_an_order_is_a_valid_cap_message()
    {
        OrderRevision[] revisions = Life();
        Assert.Equal(["dispatched", "escalated", "updated", "updated", "closed"], revisions.Select(revision => revision.Text("operation")));
        for (int i = 0; i < revisions.Length; i++)
            Assert.Empty(Faults(CapView.Write(revisions[i], i == 0 ? null : revisions[i - 1])));
    }

    [Fact]
    public void The_check_against_the_schema_can_fail() =>
        Assert.NotEmpty(Faults(CapView.Write(Life()[0], null).Replace("Private", "Secret", StringComparison.Ordinal)));

    [Fact]
    public void A_cap_message_says_who_what_where_and_what_it_follows()
    {
        OrderRevision[] revisions = Life();
        XElement alert = XDocument.Parse(CapView.Write(revisions[1], revisions[0])).Root!;

        Assert.Equal("Update", alert.Element(Cap + "msgType")!.Value);
        Assert.Equal("unit police", alert.Element(Cap + "addresses")!.Value);
        Assert.Equal($"alertengine/D1,{revisions[0].OrderId}-1,2026-07-01T00:00:00-00:00", alert.Element(Cap + "references")!.Value);
        Assert.Equal(["zh-CN", "en-US"], alert.Elements(Cap + "info").Select(info => info.Element(Cap + "language")!.Value));
        Assert.Equal("Moderate", alert.Element(Cap + "info")!.Element(Cap + "severity")!.Value);
        Assert.Equal("Execute", alert.Element(Cap + "info")!.Element(Cap + "responseType")!.Value);
        Assert.Equal("AllClear", XDocument.Parse(CapView.Write(revisions[4], revisions[3])).Root!.Element(Cap + "info")!.Element(Cap + "responseType")!.Value);
    }

    [Fact]
    public void What_a_device_sent_cannot_break_the_xml()
    {
        OrderRevision first = Life()[0];
        using JsonDocument evil = JsonDocument.Parse(first.Message.GetRawText().Replace("\"zh\":\"high\"", "\"zh\":\"<a>&\\u0001\"", StringComparison.Ordinal));
        string xml = CapView.Write(new OrderRevision(evil.RootElement), null);

        Assert.Empty(Faults(xml));
        Assert.Equal("<a>&?", XDocument.Parse(xml).Root!.Element(Cap + "info")!.Element(Cap + "headline")!.Value);
    }

    [Fact]
    public void An_open311_request_is_open_until_the_order_ends()
    {
        OrderRevision[] revisions = Life();
        using JsonDocument open = JsonDocument.Parse(Open311View.Write(revisions[0], revisions[1]));
        using JsonDocument closed = JsonDocument.Parse(Open311View.Write(revisions[0], revisions[4]));

        JsonElement request = open.RootElement[0];
        Assert.Equal("open", request.GetProperty("status").GetString());
        Assert.Equal("dispatched, district, yellow; not acknowledged within 5m", request.GetProperty("status_notes").GetString());
        Assert.Equal(revisions[0].OrderId, request.GetProperty("service_request_id").GetString());
        Assert.Equal("unit", request.GetProperty("agency_responsible").GetString());
        Assert.Equal(("2026-07-01T00:00:00Z", "2026-07-01T00:05:00Z"), (request.GetProperty("requested_datetime").GetString(), request.GetProperty("updated_datetime").GetString()));
        Assert.Equal("closed", closed.RootElement[0].GetProperty("status").GetString());
    }

    private static OrderRevision[] Life()
    {
        CompiledRule rule = TestRules.EachAbove("high", 5, Duration.FromMinutes(20), "unit", "police") with { Escalations = [new EscalationStep(Duration.FromMinutes(5), "acknowledged", "district", null)] };
        KernelRun run = new KernelRun(TestRules.Set(rule)).Events(TestRules.Event("e1", "dev-1", At(0), 9)).Pass(At(6));
        run.Command(new OrderCommand("c1", OrderVerb.Resolve, At(10), "crew", "pumped out")).Pass(At(30));
        run.Command(new OrderCommand("c2", OrderVerb.Close, At(31), "centre", "looked at")).Pass(At(32));
        return [.. run.Outputs.Where(output => output.Kind == OutputKind.WorkOrder).Select(output => new OrderRevision(JsonElement.Parse(output.Value.Span))).DistinctBy(revision => revision.Number)];
    }

    private static ImmutableArray<string> Faults(string xml)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var schemas = new XmlSchemaSet();
        using (XmlReader schema = XmlReader.Create(Path.Combine(Checkout.Root, "..", "shared", "data", "nws-cap-2018", "CAP-v1.2.xsd")))
            schemas.Add(Cap.NamespaceName, schema);
        XDocument.Parse(xml).Validate(schemas, (_, fault) => faults.Add(fault.Message));
        return faults.ToImmutable();
    }

    private static long At(double minutes) => Start + (long)(minutes * NodaConstants.TicksPerMinute);
}
