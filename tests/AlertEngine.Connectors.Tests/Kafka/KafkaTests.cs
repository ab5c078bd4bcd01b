using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Outputs;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using NodaTime;
using Xunit;

[assembly: AssemblyFixture(typeof(KafkaBroker))]

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Tests on a real broker. Each takes names of its own, so that they can run side by side.</summary>
public abstract class KafkaTests(KafkaBroker broker) : IAsyncLifetime
{
    protected const int Partitions = 4;

    protected KafkaBroker Broker { get; } = broker;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await Broker.StartOrSkipAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The cluster as an engine of this test sees it.</summary>
    protected KafkaClients Clients(Func<KafkaOptions, KafkaOptions>? adjust = null, [CallerMemberName] string test = "")
    {
        // A broker on a busy machine answers late; no test here is about how late.
        var options = new KafkaOptions { BootstrapServers = Broker.Bootstrap, GroupId = test, TransactionalIdPrefix = test, RequestTimeout = Duration.FromMinutes(1) };
        return new(adjust?.Invoke(options) ?? options, _ => { });
    }

    protected static async Task<string> CreateTopicAsync(KafkaClients clients, string name, int partitions = Partitions, bool isCompacted = false)
    {
        var specification = new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1 };
        if (isCompacted)
            specification.Configs = new Dictionary<string, string> { ["cleanup.policy"] = "compact" };
        try
        {
            await clients.Admin.CreateTopicsAsync([specification]);
        }
        catch (CreateTopicsException failure) when (failure.Results.All(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // The position topic is every test's.
        }

        await clients.UntilKnownAsync(name);
        return name;
    }

    protected static async Task<KafkaOutputPort> OutputsAsync(KafkaClients clients, int lane, params string[] topics)
    {
        await CreateTopicAsync(clients, TopicNames.Positions, Partitions, isCompacted: true);
        var port = new KafkaOutputPort(clients, lane, [.. topics]);
        await port.InitialiseAsync(Cancellation);
        return port;
    }

    protected static ImmutableArray<NumberedOutput> Numbered(string topic, long from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new NumberedOutput(from + i, from + i,
            new Output(OutputKind.WorkOrder, topic, $"key-{from + i}", Encoding.UTF8.GetBytes($$"""{"n":{{from + i}}}"""))))];

    protected static PublishPosition Position(long emitSeq, ImmutableArray<OutputEnd> ends = default) => new(emitSeq, [emitSeq * 10], ends.IsDefault ? [] : ends, "1");

    /// <summary>The emit_seqs of a topic that a reader sees, up to its end of now.</summary>
    protected static async Task<ImmutableArray<long>> VisibleAsync(KafkaClients clients, string topic)
    {
        var tail = await new OutputTailReader(clients, new TopicCatalog(clients), [topic]).ReadAsync(0, null, Cancellation);
        return tail.Visible;
    }
}
