using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Engine.Publish.Views;
using AlertEngine.Host.Reports;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders timeline</c>: what happened to an order, one line a revision, by whom and why.</summary>
internal static class OrdersTimelineCommand
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Words language)
    {
        var id = new Argument<string>("ID") { Description = language.Of("工单的编号，或其开头", "The order's id, or its beginning.") };
        var source = new OutputSource("workorders.ndjson", language);
        var command = source.AddTo(new Command("timeline",
            language.OfCommand("工单的经过，每个版本一行。", "Tells what happened to an order, one line a revision.", "orders timeline 5f0c1a2b --out ./out")) { id });
        command.SetAction((parsed, cancellation) => source.ReadAsync(parsed, TopicReader.IsOrders, messages =>
        {
            Words words = Words.From(parsed.GetValue(SharedOptions.Language));
            OrderHistory[] found = [.. OrderHistory.Of(messages).Where(order => order.Last.OrderId.StartsWith(parsed.GetValue(id)!, StringComparison.Ordinal))];
            foreach (OrderHistory order in found)
            {
                foreach (string line in parsed.GetValue(SharedOptions.Format) == "json" ? order.Revisions.Select((_, number) => Json(order, number)) : Lines(order, words))
                    parsed.InvocationConfiguration.Output.WriteLine(line);
            }

            return found.Length != 0 ? ExitCodes.Done : OrdersShowCommand.NotFound(parsed, parsed.GetValue(id)!);
        }, cancellation));
        return command;
    }

    private static IEnumerable<string> Lines(OrderHistory order, Words words)
    {
        yield return $"{words.Of("工单", "Work order")} {order.Last.OrderId}  {order.Last.Text("title", words.IsChinese ? "zh" : "en")}";
        Instant began = TimeOf(order.First);
        foreach (string child in Children(order.Last))
            yield return $"  {words.Of("来自", "from")} {child}";
        for (int i = 0; i < order.Revisions.Count; i++)
        {
            OrderRevision revision = order.Revisions[i];
            yield return $"  {revision.At}  {Since(TimeOf(revision) - began),9}  r{revision.Number,-3} {revision.Text("operation"),-10} {revision.Text("status"),-12} {revision.Text("severity"),-6} {revision.Text("commandLevel"),-8} {revision.Text("lead"),-20} {Why(order, i, words)}";
        }
    }

    /// <summary>The districts' alerts that an order of the city came from, with their orders.</summary>
    private static IEnumerable<string> Children(OrderRevision revision) =>
        revision.Data.TryGetProperty("children", out JsonElement children)
            ? children.EnumerateArray().Select(child => $"{child.GetProperty("district")} {(child.TryGetProperty("workOrderId", out JsonElement order) ? order : child.GetProperty("alertId"))}")
            : [];

    private static string Json(OrderHistory order, int number) => JsonOf(order.Revisions[number], Why(order, number, new Words(false)));

    private static string JsonOf(OrderRevision revision, string why) => JsonSerializer.Serialize(new
    {
        at = revision.At,
        revision = revision.Number,
        operation = revision.Text("operation"),
        status = revision.Text("status"),
        severity = revision.Text("severity"),
        level = revision.Text("commandLevel"),
        lead = revision.Text("lead"),
        parent = revision.Text("parentId"),
        children = Children(revision),
        why,
    }, Readable);

    /// <summary>Who or what made the revision: a route, a step, the city's order, a person, or the alert.</summary>
    private static string Why(OrderHistory order, int number, Words words)
    {
        OrderRevision revision = order.Revisions[number];
        bool hasJoined = number > 0 && revision.Text("parentId") != order.Revisions[number - 1].Text("parentId");
        return hasJoined ? words.Of($"并入市级工单 {revision.Text("parentId")}", $"joined the city's order {revision.Text("parentId")}") : Why(revision, words);
    }

    private static string Why(OrderRevision revision, Words words) => revision.Text("operation") switch
    {
        "dispatched" => revision.Text("routeReason"),
        "escalated" => revision.Text("escalationReason"),
        _ when revision.Text("lastCommand", "actor") is { Length: > 0 } actor && revision.Text("lastCommand", "at") == revision.At =>
            $"{revision.Text("lastCommand", "command")} {words.Of("由", "by")} {actor}{Of(revision)}: {revision.Text("lastCommand", "reason")}",
        _ => revision.Text("alertStatus") == "cleared" ? words.Of("告警已恢复", "the alert has cleared") : words.Of("告警有变化", "the alert changed"),
    };

    private static string Of(OrderRevision revision) => revision.Text("lastCommand", "unit") is { Length: > 0 } unit ? $" ({unit})" : "";

    private static Instant TimeOf(OrderRevision revision) => OffsetDateTimePattern.ExtendedIso.Parse(revision.At).Value.ToInstant();

    private static string Since(Duration elapsed) => elapsed.ToString("+D:hh:mm:ss", CultureInfo.InvariantCulture);
}
