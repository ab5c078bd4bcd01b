using System.CommandLine;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Host.Reports;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders list</c>: the newest revision of each order, open or overdue ones on request.</summary>
internal static class OrdersListCommand
{
    public static Command Create(Words words)
    {
        var isOpen = new Option<bool>("--open") { Description = words.Of("只要未结束的工单", "Only orders that have not ended.") };
        var isOverdue = new Option<bool>("--overdue") { Description = words.Of("只要已超期的未结束工单", "Only open orders that have passed a limit.") };
        var unit = new Option<string?>("--unit") { Description = words.Of("只要发给该单位的工单", "Only orders that this unit gets.") };
        var at = new Option<string?>("--at") { Description = words.Of("判断时限的时刻，RFC 3339；默认为现在，回放则取其事件的末尾", "The instant at which limits are judged, RFC 3339. Default: now; for a replay, the end of its events.") };
        var source = new OutputSource("workorders.ndjson", words);
        var command = source.AddTo(new Command("list",
            words.OfCommand("列出工单：每张的最新版本，及已超过的时限。", "Lists orders, the newest revision of each, with the limit that has passed.",
                "orders list --bootstrap 127.0.0.1:9092 --overdue", "orders list --out ./out --open --format json"))
        {
            isOpen, isOverdue, unit, at,
        });
        command.SetAction((parsed, cancellation) =>
        {
            if (Parse(parsed.GetValue(at)) is not { } instant)
            {
                parsed.InvocationConfiguration.Error.WriteLine(words.Of("--at 须为带时区的 RFC 3339 时间", "--at is an RFC 3339 time with an offset"));
                return Task.FromResult(ExitCodes.Usage);
            }

            return source.ReadAsync(parsed, TopicReader.IsOrders, messages =>
            {
                foreach (OrderHistory order in OrderHistory.Of(messages))
                {
                    string overdue = order.OverdueAt(instant);
                    bool isWanted = !(parsed.GetValue(isOpen) && order.Last.HasEnded) && !(parsed.GetValue(isOverdue) && overdue.Length == 0)
                        && (parsed.GetValue(unit) is not { } asked || order.Last.Units.Contains(asked));
                    if (isWanted)
                        parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(SharedOptions.Format) == "json" ? order.Last.Data.GetRawText() : Line(order, overdue, parsed));
                }

                return ExitCodes.Done;
            }, cancellation);
        });
        return command;
    }

    private static Instant? Parse(string? text) => text is null
        ? SystemClock.Instance.GetCurrentInstant()
        : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value.ToInstant() : null;

    private static string Line(OrderHistory order, string overdue, ParseResult parsed)
    {
        Words words = Words.From(parsed.GetValue(SharedOptions.Language));
        string late = overdue.Length == 0 ? "" : words.Of($"  超期：{overdue}", $"  overdue: {overdue}");
        return $"{order.Last.OrderId}  r{order.Last.Number,-3} {order.Last.Text("operation"),-10} {order.Last.Text("status"),-12} {order.Last.Text("severity"),-6} {order.Last.Text("commandLevel"),-8} {order.Last.Text("lead"),-24} {order.Last.Text("title", words.IsChinese ? "zh" : "en")}{late}";
    }
}
