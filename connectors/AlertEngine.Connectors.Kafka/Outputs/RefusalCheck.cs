using System.Collections.Immutable;
using System.Text;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>
/// Finds out which outputs are the reason why a transaction was aborted. The client tells an error, often without the record it is about, so the
/// cluster is asked: which topics are there, which may be written to, and how large a record they take.
/// </summary>
internal sealed class RefusalCheck(KafkaClients clients, TopicCatalog catalog)
{
    /// <summary>What a record needs beside key and value: headers, lengths, the frame of a batch.</summary>
    private const int RecordOverheadBytes = 512;

    /// <summary>The refused outputs; empty where the cluster finds nothing wrong with any, or does not answer.</summary>
    internal async Task<ImmutableArray<RefusedOutput>> AskAsync(ImmutableArray<NumberedOutput> outputs)
    {
        try
        {
            var verdicts = await DescribeAsync([.. outputs.Select(output => output.Output.Topic).Distinct(StringComparer.Ordinal)]).ConfigureAwait(false);
            return [.. outputs.Select(output => Judge(output, verdicts.GetValueOrDefault(output.Output.Topic))).OfType<RefusedOutput>()];
        }
        catch (KafkaException)
        {
            return [];
        }
        catch (KafkaConnectorException)
        {
            return [];
        }
    }

    private static RefusedOutput? Judge(in NumberedOutput output, TopicVerdict? topic)
    {
        if (topic?.Refusal is { } refusal)
            return new RefusedOutput(output.EmitSeq, refusal, IsForGood: false);
        int bytes = output.Output.Value.Length + Encoding.UTF8.GetByteCount(output.Output.Key) + RecordOverheadBytes;
        return topic is null || bytes <= topic.MaxMessageBytes ? null
            : new RefusedOutput(output.EmitSeq, $"a message of {output.Output.Value.Length} bytes for {output.Output.Topic}, which takes {topic.MaxMessageBytes}", IsForGood: true);
    }

    private async Task<Dictionary<string, TopicVerdict>> DescribeAsync(ImmutableArray<string> names)
    {
        var options = new DescribeTopicsOptions { RequestTimeout = clients.Options.RequestTimeout.ToTimeSpan(), IncludeAuthorizedOperations = true };
        List<TopicDescription> described;
        try
        {
            described = (await clients.AskAsync(admin => admin.DescribeTopicsAsync(TopicCollection.OfTopicNames(names), options)).ConfigureAwait(false)).TopicDescriptions;
        }
        catch (DescribeTopicsException some)
        {
            described = some.Results.TopicDescriptions;
        }

        var verdicts = described.ToDictionary(topic => topic.Name, topic => new TopicVerdict(RefusalOf(topic), int.MaxValue), StringComparer.Ordinal);
        var settings = await catalog.SettingsAsync(verdicts.Where(verdict => verdict.Value.Refusal is null).Select(verdict => verdict.Key)).ConfigureAwait(false);
        foreach (var (name, setting) in settings)
            verdicts[name] = verdicts[name] with { MaxMessageBytes = setting.MaxMessageBytes };
        return verdicts;
    }

    private static string? RefusalOf(TopicDescription topic) => topic.Error.Code switch
    {
        ErrorCode.NoError => MayWrite(topic) ? null : $"writing to {topic.Name} is not allowed",
        ErrorCode.UnknownTopicOrPart => $"the topic {topic.Name} does not exist",
        ErrorCode.TopicAuthorizationFailed => $"writing to {topic.Name} is not allowed",
        _ => null,
    };

    /// <summary>A cluster without an authorizer lists every operation; one that lists none was not asked.</summary>
    private static bool MayWrite(TopicDescription topic) =>
        topic.AuthorizedOperations is not { Count: > 0 } operations || operations.Contains(AclOperation.Write) || operations.Contains(AclOperation.All);

    private sealed record TopicVerdict(string? Refusal, int MaxMessageBytes);
}
