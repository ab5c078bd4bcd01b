using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Publishing;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary><c>deadletters</c>: what could not become an event, why, and once more.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(Words words) => new("deadletters",
        words.OfCommand("未能成为事件的记录：列出，查看，重发。", "What could not become an event: list it, look at it, send it again.", "deadletters list --file out/deadletters.ndjson"))
    {
        List(words), Show(words), Redrive(words),
    };

    private static Option<string?> ReasonOption(Words words) => new("--reason") { Description = words.Of("只要这个代码的", "Only those with this code.") };

    private static Command List(Words words)
    {
        var reason = ReasonOption(words);
        var source = new OutputSource("deadletters.ndjson", words);
        var command = source.AddTo(new Command("list",
            words.OfCommand("按原因统计死信，再逐条列出：编号、原因、主题、偏移。", "Counts dead letters by reason, then lists them: id, reason, topic, offset.",
                "deadletters list --file out/deadletters.ndjson", "deadletters list --bootstrap 127.0.0.1:9092 --reason unknown-district")) { reason });
        command.SetAction((parsed, cancellation) => source.ReadAsync(parsed, IsDeadLetters, messages =>
        {
            List<DeadLetter> letters = [.. Chosen(messages, parsed.GetValue(reason)).DistinctBy(letter => letter.Id)];
            if (parsed.GetValue(SharedOptions.Format) == "json")
                letters.ForEach(letter => parsed.InvocationConfiguration.Output.WriteLine(JsonSerializer.Serialize(letter, JsonSerializerOptions.Web)));
            else
                WriteList(letters, parsed.InvocationConfiguration.Output);
            return ExitCodes.Done;
        }, cancellation));
        return command;
    }

    private static void WriteList(List<DeadLetter> letters, TextWriter output)
    {
        foreach ((string reason, int count) in letters.CountBy(letter => letter.Code).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"{count,8}  {reason}");
        foreach (DeadLetter letter in letters)
            output.WriteLine(DeadLetterText.Printable($"{letter.Id}  {letter.Code,-20} {letter.Topic}/{letter.Partition} {letter.Offset}"));
    }

    private static Command Show(Words words)
    {
        var id = new Argument<string>("ID") { Description = words.Of("死信的编号，或其开头", "The dead letter's id, or its beginning.") };
        var source = new OutputSource("deadletters.ndjson", words);
        var command = source.AddTo(new Command("show",
            words.OfCommand("显示一封死信的全部内容及原始数据；--format json 时按发布时的原样。", "Shows all of a dead letter, with what was sent; with --format json as it was published.",
                "deadletters show ba6e182b --file out/deadletters.ndjson")) { id });
        command.SetAction((parsed, cancellation) => source.ReadAsync(parsed, IsDeadLetters, messages => Show(parsed, parsed.GetValue(id)!, messages), cancellation));
        return command;
    }

    private static int Show(ParseResult parsed, string id, IReadOnlyCollection<JsonElement> messages)
    {
        Words words = Words.Of(parsed);
        List<DeadLetterText> found = [.. messages.Select(message => new DeadLetterText(message)).Where(letter => letter.Id.StartsWith(id, StringComparison.Ordinal)).DistinctBy(letter => letter.Id)];
        foreach (DeadLetterText letter in found)
        {
            if (parsed.GetValue(SharedOptions.Format) == "json")
                parsed.InvocationConfiguration.Output.WriteLine(letter.Message.GetRawText());
            else
                letter.Write(parsed.InvocationConfiguration.Output, words);
        }

        if (found.Count == 0)
            parsed.InvocationConfiguration.Error.WriteLine(words.Of($"没有以 {id} 开头的死信", $"no dead letter begins with {id}"));
        return found.Count == 0 ? ExitCodes.Findings : ExitCodes.Done;
    }

    private static Command Redrive(Words words)
    {
        var reason = ReasonOption(words);
        var ids = new Argument<string[]>("ID") { Description = words.Of("编号，或其开头", "Ids, or their beginnings."), Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = words.Of("全部（与 --reason 同用：该原因的全部）", "All of them (with --reason: all of that reason).") };
        var topic = new Option<string?>("--topic") { Description = words.Of("发往何处；默认为各自原来的主题与分区", "Where to. Default: the topic and partition that each came from.") };
        var source = new OutputSource("deadletters.ndjson", words);
        var command = source.AddTo(new Command("redrive",
            words.OfCommand("问题修好后，按原字节与原头部重发所选死信。引擎把每封当作新事件。",
                "Sends chosen dead letters again, their very bytes and headers, once what was wrong has been mended. The engine takes each as a new event.",
                "deadletters redrive --reason unknown-district --all --bootstrap 127.0.0.1:9092"))
        {
            ids, all, reason, topic,
        });
        command.SetAction((parsed, cancellation) =>
        {
            string[] chosen = parsed.GetValue(ids) ?? [];
            if (chosen.Length == 0 && !parsed.GetValue(all))
            {
                parsed.InvocationConfiguration.Error.WriteLine(Words.Of(parsed).Of("请指明哪些：编号，或 --all", "say which: ids, or --all"));
                return Task.FromResult(ExitCodes.Usage);
            }

            return RedriveAsync(source, parsed, parsed.GetValue(reason), letter => chosen.Length == 0 || chosen.Any(id => letter.Id.StartsWith(id, StringComparison.Ordinal)), parsed.GetValue(topic), cancellation);
        });
        return command;
    }

    private static async Task<int> RedriveAsync(OutputSource source, ParseResult parsed, string? reason, Func<DeadLetter, bool> isChosen, string? topic, CancellationToken cancellation)
    {
        List<DeadLetter> letters = [];
        int read = await source.ReadAsync(parsed, IsDeadLetters, messages =>
        {
            letters.AddRange(Chosen(messages, reason).Where(isChosen).DistinctBy(letter => letter.Id));
            return ExitCodes.Done;
        }, cancellation).ConfigureAwait(false);
        return read != ExitCodes.Done ? read : await source.Cluster.RunOnClusterAsync(parsed, async (clients, _) =>
        {
            var words = Words.Of(parsed);
            using var producer = clients.Producer("redrive");
            foreach (var letter in letters.Where(letter => letter.Obstacle is null))
                await letter.RedriveAsync(producer, topic).ConfigureAwait(false);
            foreach (var letter in letters.Where(letter => letter.Obstacle is not null))
                parsed.InvocationConfiguration.Error.WriteLine(words.Of($"{letter.Id} 不重发：{letter.Obstacle!.Zh}", $"{letter.Id} is not sent again: {letter.Obstacle.En}"));
            int sent = letters.Count(letter => letter.Obstacle is null);
            parsed.InvocationConfiguration.Output.WriteLine(words.Of($"重发 {sent} 条，未重发 {letters.Count - sent} 条", $"{sent} sent again, {letters.Count - sent} not"));
            return sent == letters.Count && sent > 0 ? ExitCodes.Done : ExitCodes.Findings;
        }).ConfigureAwait(false);
    }

    private static IEnumerable<DeadLetter> Chosen(IEnumerable<JsonElement> messages, string? reason) =>
        messages.Select(DeadLetter.Read).OfType<DeadLetter>().Where(letter => reason is null || letter.Code == reason);

    private static bool IsDeadLetters(string topic) => topic == TopicNames.DeadLetters;
}
