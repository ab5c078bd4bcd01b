using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Audit;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands.Orders;

/// <summary><c>orders verify</c>: the proof that nothing is missing, repeated or reordered.</summary>
internal static class OrdersVerifyCommand
{
    public static Command Create(Words words)
    {
        var cluster = new ClusterOptions(words);
        var topics = new Option<string[]>("--topics") { Description = words.Of("输出主题；默认为通道所写的全部", "Output topics. Default: all that lanes write to."), AllowMultipleArgumentsPerToken = true };
        var command = new Command("verify",
            words.OfCommand("以 read_committed 读取输出主题，由头部证明不缺、不重、不乱序。最后一行为 'lanes L, messages M, gaps G, repeats R'；有问题时退出码为 1。",
                "Reads output topics as a read_committed consumer and proves from the headers that nothing is missing, repeated or reordered. Ends in 'lanes L, messages M, gaps G, repeats R'; exits 1 where something is wrong.",
                "orders verify --bootstrap 127.0.0.1:9092"))
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
        foreach (var finding in result.Findings)
            parsed.InvocationConfiguration.Error.WriteLine(Words.Of(parsed).Of(finding));
        Tell(result, Words.Of(parsed), parsed.InvocationConfiguration.Error);
        output.WriteLine(parsed.GetValue(SharedOptions.Format) == "json"
            ? JsonSerializer.Serialize(new { lanes = result.Lanes, messages = result.Messages, gaps = result.Gaps, repeats = result.Repeats, reordered = result.Reordered, undeliverable = result.Undeliverable })
            : $"lanes {result.Lanes}, messages {result.Messages}, gaps {result.Gaps}, repeats {result.Repeats}");
        return result.IsClean ? ExitCodes.Done : ExitCodes.Findings;
    }

    private static void Tell(AuditResult result, Words words, TextWriter error)
    {
        if (result.Foreign != 0)
            error.WriteLine(words.Of($"{result.Foreign} 条消息没有编号：不是通道写的", $"{result.Foreign} messages carry no numbers: no lane wrote them"));
        if (result.Reordered != 0)
            error.WriteLine(words.Of($"{result.Reordered} 条消息次序不对", $"{result.Reordered} messages are out of order"));
        if (result.Undeliverable != 0)
            error.WriteLine(words.Of(
                $"{result.Undeliverable} 条消息被 Kafka 永久拒绝，每条都有一封死信：deadletters list",
                $"{result.Undeliverable} messages were refused by the broker for good; a dead letter stands for each: deadletters list"));
    }
}
