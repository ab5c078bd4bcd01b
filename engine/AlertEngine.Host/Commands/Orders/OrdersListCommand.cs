using System.CommandLine;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Host.Reports;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders list</c>: the newest revision of each order, open or overdue ones on request.</summary>
internal static class OrdersListCommand
{
    public static Command Create()
    {
        var isOpen = new Option<bool>("--open") { Description = "Only orders that have not ended." };
        var isOverdue = new Option<bool>("--overdue") { Description = "Only open orders that have passed a limit." };
        var unit = new Option<string?>("--unit") { Description = "Only orders that this unit gets." };
        var at = new Option<string?>("--at") { Description = "The instant at which limits are judged, RFC 3339. Default: now; for a replay, the end of its events." };
        var source = new OutputSource("workorders.ndjson");
        var command = source.AddTo(new Command("list",
            "Lists orders, the newest revision of each, with the limit that has passed.\n\nExample:\n  alertengine orders list --bootstrap 127.0.0.1:9092 --overdue\n  alertengine orders list --out ./out --open --format json")
        {
            isOpen, isOverdue, unit, at,
        });
        command.SetAction((parsed, cancellation) =>
        {
            if (Parse(parsed.GetValue(at)) is not { } instant)
            {
                parsed.InvocationConfiguration.Error.WriteLine(Words.From(parsed.GetValue(SharedOptions.Language)).Of("--at 须为带时区的 RFC 3339 时间", "--at is an RFC 3339 time with an offset"));
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
