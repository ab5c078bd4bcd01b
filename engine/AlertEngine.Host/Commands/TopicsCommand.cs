using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary><c>topics list|create|check</c>: the topics that an engine of this configuration needs, beside those that the cluster has.</summary>
internal static class TopicsCommand
{
    private const int DefaultLanes = 4;

    public static Command Create(Words words) => new("topics",
        words.OfCommand("引擎的主题：列出，创建缺少的，检查已有的。", "The topics of the engine: list them, create what is missing, check what is there.", "topics check --bootstrap 127.0.0.1:9092"))
    {
        Sub(words, "list", words.Of("列出主题及其分区数与清理策略。", "Lists the topics with partition counts and clean-up."), List),
        CreateMissing(words),
        Sub(words, "check", words.Of("指出问题；有问题时退出码为 3。", "Names what is wrong; exits 3 if anything is."), Check),
    };

    private static Command Sub(Words words, string name, string description, Func<TopicLayout, ImmutableArray<TopicState>, ParseResult, CancellationToken, Task<int>> run, params Option[] more)
    {
        var cluster = new ClusterOptions(words);
        var command = new Command(name, words.OfCommand(description, description, $"topics {name} --bootstrap 127.0.0.1:9092 --rules rules/packs/nanjing --city rules/packs/nanjing/city.yaml"))
        {
            cluster.Bootstrap, cluster.Config, cluster.Rules, cluster.City, SharedOptions.Format, SharedOptions.Language,
        };
        foreach (var option in more)
            command.Add(option);
        command.SetAction((parsed, cancellation) => cluster.RunOnClusterAsync(parsed, async (clients, settings) =>
        {
            if (RuleSetup.Load(settings, parsed.InvocationConfiguration.Error) is not { } rules)
                return ExitCodes.Usage;
            var layout = new TopicLayout(clients, TopicPlans.Of(settings.Kafka, rules.OrderTopics));
            return await run(layout, await layout.ReadAsync().ConfigureAwait(false), parsed, cancellation).ConfigureAwait(false);
        }));
        return command;
    }

    private static Command CreateMissing(Words words)
    {
        var partitions = new Option<int>("--partitions") { Description = words.Of("城市有多少通道（尚无输入主题说明时）；以后不能更改", "How many lanes the city gets, where no input topic says so yet. It can never be changed."), DefaultValueFactory = _ => DefaultLanes };
        return Sub(words, "create", words.Of("创建缺少的主题；已有的保持不变。", "Creates what is missing; what is there is left as it is."), async (layout, topics, parsed, _) =>
        {
            foreach (string name in await layout.CreateMissingAsync(topics, parsed.GetValue(partitions)).ConfigureAwait(false))
                parsed.InvocationConfiguration.Output.WriteLine(Words.Of(parsed).Of($"已创建 {name}", $"created {name}"));
            return Report(TopicLayout.Check(topics).Where(finding => finding.Fault != TopicFault.Missing), parsed);
        }, partitions);
    }

    private static async Task<int> Check(TopicLayout layout, ImmutableArray<TopicState> topics, ParseResult parsed, CancellationToken cancellation)
    {
        int code = Report(await layout.FindAsync(topics, cancellation).ConfigureAwait(false), parsed);
        if (code == ExitCodes.Done)
            parsed.InvocationConfiguration.Error.WriteLine(Words.Of(parsed).Of(
                $"{topics.Length} 个主题，{TopicLayout.LanesOf(topics)} 条通道：一切正常", $"{topics.Length} topics, {TopicLayout.LanesOf(topics)} lanes: all as they must be"));
        return code;
    }

    private static Task<int> List(TopicLayout layout, ImmutableArray<TopicState> topics, ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        var words = Words.Of(parsed);
        bool isJson = parsed.GetValue(SharedOptions.Format) == "json";
        foreach (var topic in topics)
        {
            output.WriteLine(isJson
                ? JsonSerializer.Serialize(new { topic = topic.Plan.Name, exists = topic.Known is not null, partitions = topic.Known?.Partitions, id = topic.Known?.Id, cleanup = topic.Settings.CleanupPolicy, use = words.Of(topic.Plan.Use) })
                : $"{topic.Plan.Name,-44} {(topic.Known is { } known ? $"{known.Partitions,4} {topic.Settings.CleanupPolicy,-8}" : words.Of("缺少         ", "missing      "))} {words.Of(topic.Plan.Use)}");
        }

        return Task.FromResult(ExitCodes.Done);
    }

    private static int Report(IEnumerable<TopicFinding> findings, ParseResult parsed)
    {
        int code = ExitCodes.Done;
        foreach (var finding in findings)
        {
            parsed.InvocationConfiguration.Output.WriteLine(Words.Of(parsed).Of(finding.Text));
            code = ExitCodes.World;
        }

        return code;
    }
}
