using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>Where a command finds the engine's outputs: the topics of a cluster, the folder of a replay, or a file.</summary>
internal sealed class OutputSource(string fileName, Words words)
{
    /// <summary>So many are looked at; the newest are kept.</summary>
    private const int MaxMessages = 1_000_000;

    public ClusterOptions Cluster { get; } = new(words);

    public Option<string?> Out { get; } = new("--out") { Description = words.Of("回放的输出文件夹，代替集群", "The folder of a replay, in place of a cluster.") };

    public Option<string?> File { get; } = new("--file") { Description = words.Of("消息文件，每行一条，代替集群", "A file of messages, one a line, in place of a cluster.") };

    public Command AddTo(Command command)
    {
        foreach (Option option in new Option[] { Cluster.Bootstrap, Cluster.Config, Out, File, SharedOptions.Format, SharedOptions.Language })
            command.Add(option);
        return command;
    }

    /// <summary>Reads the messages of the topics that <paramref name="isWanted"/> names, or of the file.</summary>
    public Task<int> ReadAsync(ParseResult parsed, Func<string, bool> isWanted, Func<IReadOnlyCollection<JsonElement>, int> show, CancellationToken cancellation)
    {
        if (parsed.GetValue(File) is { } path)
            return Task.FromResult(ReadFile(path, parsed, show));
        if (parsed.GetValue(Out) is { } folder)
            return Task.FromResult(ReadFile(Path.Combine(folder, fileName), parsed, show));
        return Cluster.RunOnClusterAsync(parsed, async (clients, _) => show(await ReadTopicsAsync(clients, isWanted, cancellation).ConfigureAwait(false)));
    }

    private static int ReadFile(string path, ParseResult parsed, Func<IReadOnlyCollection<JsonElement>, int> show)
    {
        try
        {
            var messages = new Queue<JsonElement>();
            foreach (string line in System.IO.File.ReadLines(path))
                Keep(messages, JsonElement.Parse(line));
            return show(messages);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"{path}: {fault.Message}");
            return ExitCodes.Usage;
        }
    }

    private static async Task<IReadOnlyCollection<JsonElement>> ReadTopicsAsync(KafkaClients clients, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        var reader = new TopicReader(clients);
        var messages = new Queue<JsonElement>();
        var bounds = await reader.BoundsAsync([.. reader.OutputTopics().Where(isWanted)]).ConfigureAwait(false);
        await reader.ReadAsync(bounds, record => Keep(messages, JsonElement.Parse(record.Value.Span)), cancellation).ConfigureAwait(false);
        return messages;
    }

    private static void Keep(Queue<JsonElement> messages, JsonElement message)
    {
        if (messages.Count == MaxMessages)
            messages.Dequeue();
        messages.Enqueue(message);
    }
}
