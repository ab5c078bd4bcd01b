using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Engine.Publish.Views;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders show</c>: every revision as it was published, or the order as others' formats tell it.</summary>
internal static class OrdersShowCommand
{
    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Words words)
    {
        var id = new Argument<string>("ID") { Description = words.Of("工单的编号，或其开头", "The order's id, or its beginning.") };
        var view = new Option<string?>("--view") { Description = words.Of("open311：作为服务请求；cap：最新版本作为 CAP 1.2 消息", "open311: the order as a service request; cap: its newest revision as a CAP 1.2 message.") };
        view.AcceptOnlyFromAmong("open311", "cap");
        var source = new OutputSource("workorders.ndjson", words);
        var command = source.AddTo(new Command("show",
            words.OfCommand("以 JSON 显示工单的每个版本，或其视图。", "Shows every revision of an order, as JSON, or a view of it.",
                "orders show 5f0c1a2b --bootstrap 127.0.0.1:9092", "orders show 5f0c1a2b --out ./out --view cap")) { id, view });
        command.SetAction((parsed, cancellation) => source.ReadAsync(parsed, TopicReader.IsOrders, messages =>
        {
            OrderHistory[] found = [.. OrderHistory.Of(messages).Where(order => order.Last.OrderId.StartsWith(parsed.GetValue(id)!, StringComparison.Ordinal))];
            foreach (OrderHistory order in found)
                Write(order, parsed.GetValue(view), parsed.InvocationConfiguration.Output);
            return found.Length != 0 ? ExitCodes.Done : NotFound(parsed, parsed.GetValue(id)!);
        }, cancellation));
        return command;
    }

    /// <summary>Says that no order begins with an id.</summary>
    public static int NotFound(ParseResult parsed, string id)
    {
        parsed.InvocationConfiguration.Error.WriteLine(Words.From(parsed.GetValue(SharedOptions.Language)).Of($"没有以 {id} 开头的工单", $"no order begins with {id}"));
        return ExitCodes.Findings;
    }

    private static void Write(OrderHistory order, string? view, TextWriter output)
    {
        if (view == "cap")
            output.Write(CapView.Write(order.Last, order.Revisions.Count > 1 ? order.Revisions[^2] : null));
        else if (view == "open311")
            output.WriteLine(Open311View.Write(order.First, order.Last));
        else
            foreach (OrderRevision revision in order.Revisions)
                output.WriteLine(JsonSerializer.Serialize(revision.Message, Indented));
    }
}
