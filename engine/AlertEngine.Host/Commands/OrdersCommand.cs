using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Audit;
using AlertEngine.Connectors.Kafka.Reading;

namespace AlertEngine.Host.Commands;

/// <summary><c>orders</c>: work orders as downstream systems see them, and the proof that none is missing or repeated.</summary>
internal static class OrdersCommand
{
    public static Command Create() => new("orders", "Work orders as consumers see them; the proof that none is missing or repeated.") { List(), Show(), Verify() };

    private static Command List()
    {
        var source = new OutputSource("workorders.ndjson");
        var command = source.AddTo(new Command("list",
            "Lists orders, the newest revision of each.\n\nExample:\n  alertengine orders list --bootstrap 127.0.0.1:9092\n  alertengine orders list --out ./out --format json"));
        command.SetAction((parsed, cancellation) => source.ReadAsync(parsed, TopicReader.IsOrders, orders =>
        {
            foreach (var order in orders.Select(DataOf).GroupBy(order => Text(order, "workOrderId")).Select(revisions => revisions.MaxBy(order => order.GetProperty("revision").GetInt32())))
                parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(SharedOptions.Format) == "json" ? order.GetRawText() : Line(order));
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "The order's id, or its beginning." };
        var source = new OutputSource("workorders.ndjson");
        var command = source.AddTo(new Command("show", "Shows every revision of an order, as JSON.\n\nExample:\n  alertengine orders show 5f0c1a2b --bootstrap 127.0.0.1:9092") { id });
        command.SetAction((parsed, cancellation) => source.ReadAsync(parsed, TopicReader.IsOrders, orders =>
        {
            var found = orders.Where(order => Text(DataOf(order), "workOrderId").StartsWith(parsed.GetValue(id)!, StringComparison.Ordinal)).ToList();
            foreach (var order in found.DistinctBy(order => Text(order, "id")))
                parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(order, Indented));
            if (found.Count == 0)
                parsed.InvocationConfiguration.Error.WriteLine($"no order begins with {parsed.GetValue(id)}");
            return found.Count == 0 ? ExitCodes.Findings : ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static Command Verify()
    {
        var cluster = new ClusterOptions();
        var topics = new Option<string[]>("--topics") { Description = "Output topics. Default: all that lanes write to.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("verify",
            "Reads output topics as a read_committed consumer and proves from the headers that nothing is missing, repeated or reordered. Ends in 'lanes L, messages M, gaps G, repeats R'; exits 1 where something is wrong.\n\nExample:\n  alertengine orders verify --bootstrap 127.0.0.1:9092")
        {
            cluster.Bootstrap, cluster.Config, topics, SharedOptions.Format, SharedOptions.Language,
        };
        command.SetAction((parsed, cancellation) => cluster.RunOnClusterAsync(parsed, (clients, _) =>
            VerifyAsync(clients, [.. parsed.GetValue(topics) ?? []], parsed, cancellation)));
        return command;
    }

    private static async Task<int> VerifyAsync(KafkaClients clients, ImmutableArray<string> asked, ParseResult parsed, CancellationToken cancellation)
    {
        var reader = new TopicReader(clients);
        var bounds = await reader.BoundsAsync(asked.IsEmpty ? reader.OutputTopics() : asked).ConfigureAwait(false);
        var audit = new OutputAudit(asked.IsEmpty, (topic, partition) => bounds[(topic, partition)].Low > 0);
        await reader.ReadAsync(bounds, audit.Take, cancellation).ConfigureAwait(false);
        var result = audit.Finish();
        var output = parsed.InvocationConfiguration.Output;
        foreach (string finding in result.Findings)
            parsed.InvocationConfiguration.Error.WriteLine(finding);
        if (result.Foreign != 0)
            parsed.InvocationConfiguration.Error.WriteLine($"{result.Foreign} messages carry no numbers: no lane wrote them");
        if (result.Reordered != 0)
            parsed.InvocationConfiguration.Error.WriteLine($"{result.Reordered} messages are out of order");
        if (result.Undeliverable != 0)
            parsed.InvocationConfiguration.Error.WriteLine($"{result.Undeliverable} messages were refused by the broker for good; a dead letter stands for each: deadletters list");
        output.WriteLine(parsed.GetValue(SharedOptions.Format) == "json"
            ? JsonSerializer.Serialize(new { lanes = result.Lanes, messages = result.Messages, gaps = result.Gaps, repeats = result.Repeats, reordered = result.Reordered, undeliverable = result.Undeliverable })
            : $"lanes {result.Lanes}, messages {result.Messages}, gaps {result.Gaps}, repeats {result.Repeats}");
        return result.IsClean ? ExitCodes.Done : ExitCodes.Findings;
    }

    private static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonElement DataOf(JsonElement message) => message.GetProperty("data");

    private static string Text(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member.ToString() : "";

    private static string Line(JsonElement order) =>
        $"{Text(order, "workOrderId")}  r{Text(order, "revision"),-3} {Text(order, "operation"),-10} {Text(order, "status"),-12} {Text(order, "severity"),-6} {Text(order, "lead"),-24} {(order.TryGetProperty("title", out var title) ? Text(title, "zh") : "")}";
}
