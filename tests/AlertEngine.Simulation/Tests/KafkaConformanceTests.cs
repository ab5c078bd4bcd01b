using AlertEngine.Simulation.Conformance;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Xunit;

namespace AlertEngine.Simulation.Tests;

/// <summary>
/// Goal: the simulated cluster promises what a real one promises, and no more. Method: the same scripts run against both, and what producers are told
/// and readers see is compared.
/// </summary>
public sealed class KafkaConformanceTests(KafkaBroker broker) : IClassFixture<KafkaBroker>
{
    /// <summary>Each claim with its script.</summary>
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["a transaction is visible once it is committed, in all its partitions"] = """
            a init lane-0
            a send 0 k=1
            a send 1 k=2
            read 0
            read 1
            a commit
            read 0
            read 1
            """,
        ["an aborted transaction is never visible, and the next one is"] = """
            a init lane-0
            a send 0 k=1
            a abort
            read 0
            a send 0 k=2
            a commit
            read 0
            """,
        ["an open transaction hides what others write behind it"] = """
            a init lane-0
            b init lane-1
            a send 0 k=1
            b send 0 k=2
            b commit
            write 0 k=3
            read 0
            a commit
            read 0
            """,
        ["a new owner of an id aborts what is open and fences the former one"] = """
            a init lane-0
            a send 0 k=1
            b init lane-0
            read 0
            a commit
            b send 0 k=2
            b commit
            read 0
            """,
        ["a fenced producer that sends again stays fenced"] = """
            a init lane-0
            b init lane-0
            a send 0 k=1
            a commit
            b send 0 k=2
            b commit
            read 0
            """,
        ["a transaction that nobody ends is aborted by the cluster, and its producer is fenced"] = """
            a init lane-0
            a send 0 k=1
            write 0 k=2
            read 0
            expire
            read 0
            a commit
            read 0
            b init lane-0
            b send 0 k=3
            b commit
            read 0
            """,
        ["a commit whose answer nobody heard is visible as a whole or not at all once a successor has begun"] = """
            a init lane-0
            a send 0 k=1
            a send 0 k=2
            a send 0 k=3
            a commit-unheard
            b init lane-0
            whole 0
            """,
        ["of each key the latest visible value stays"] = """
            a init lane-0
            a send 0 p=1
            a send 0 q=1
            a commit
            a send 0 p=2
            a abort
            a send 0 q=2
            a commit
            compact 0
            latest 0
            a send 0 p=3
            compact 0
            latest 0
            a commit
            compact 0
            latest 0
            """,
    };

    public static TheoryData<string> Claims => [.. Scripts.Keys];

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task The_simulated_cluster_is_told_and_seen_as_the_real_one(string claim)
    {
        LogScript script = new(Scripts[claim]);
        await using SimTransactionLog simulated = new(seed: 1);
        List<string> expected = await script.RunAsync(simulated);
        await broker.StartOrSkipAsync();
        string topic = $"conformance-{Scripts.Keys.ToList().IndexOf(claim)}";
        await CreateAsync(topic);
        await using BrokerTransactionLog real = new(broker.Bootstrap, topic);
        Assert.Equal(expected, await script.RunAsync(real, expected));
    }

    [Fact]
    public async Task A_script_tells_what_it_observes()
    {
        await using SimTransactionLog simulated = new(seed: 1);
        List<string> observed = await new LogScript(Scripts["a new owner of an id aborts what is open and fences the former one"]).RunAsync(simulated);
        Assert.Equal(["read 0: ", "a commit: fenced", "b commit: done", "read 0: k=2"], observed);
        await using SimTransactionLog other = new(seed: 2);
        observed = await new LogScript(Scripts["an open transaction hides what others write behind it"]).RunAsync(other);
        Assert.Equal(["b commit: done", "read 0: , more is hidden", "a commit: done", "read 0: k=1 k=2 k=3"], observed);
    }

    private async Task CreateAsync(string topic)
    {
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Bootstrap }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 2, ReplicationFactor = 1, Configs = new() { ["cleanup.policy"] = "compact" } }]);
    }
}
