using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Lanes;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: an engine that must not run does not, and its operator knows why. Method: a real broker whose topics are missing, then wrongly laid out, then
/// right, then one of them made anew; each time the exit code and the very sentences.
/// </summary>
public sealed class StartRefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_refuses_topics_that_are_missing_not_compacted_not_co_partitioned_or_made_anew()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Bootstrap }).Build();
        string config = service.Configure("refused");

        var missing = await RefusedAsync(config, "en");
        Assert.Equal("city.events.sensor.v1 is missing (events, keyed by district)", missing[0]);
        Assert.Equal("alertengine topics create makes what is missing", missing[^1]);
        Assert.Equal("缺少 city.events.sensor.v1（按区键控的事件）", (await RefusedAsync(config, "zh"))[0]);

        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);
        await MakeAnewAsync(admin, TopicNames.Positions, 4, "delete");
        await MakeAnewAsync(admin, "city.events.drone.v1", 2, "delete");
        Assert.Equal(
            [
                "city.events.drone.v1 has 2 partitions and must have 3, because city.events.sensor.v1 has 3",
                "alertengine.positions.v1 has cleanup.policy=delete and must have compact: its newest records would be deleted",
            ],
            await RefusedAsync(config, "en"));

        await MakeAnewAsync(admin, TopicNames.Positions, 4, "compact");
        await MakeAnewAsync(admin, "city.events.drone.v1", 3, "delete");
        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            Assert.Equal(0, await engine.TerminateAsync(Cancellation));
        }

        await MakeAnewAsync(admin, "city.events.drone.v1", 3, "delete");
        Assert.Contains(await RefusedAsync(config, "en"), line => line.Contains(" was journaled over other inputs: city.events.sensor.v1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Topics_that_were_all_grown_together_are_refused_by_start_and_check_and_where_heartbeats_are_gone_by_the_journal()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Bootstrap }).Build();
        string config = service.Configure("grown");
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);
        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            await UntilHeartbeatsAsync(config);
            Assert.Equal(0, await engine.TerminateAsync(Cancellation));
        }

        await GrowAsync(admin);
        const string finding = "city.events.sensor.v1 has 4 partitions, but the city last ran with 3 lanes: districts would go to lanes that do not know them. "
            + "Create the topics anew with the former number and bring their records back, or begin anew with another Kafka:TransactionalIdPrefix and Kafka:GroupId and an empty journal";
        Assert.Equal([finding], await RefusedAsync(config, "en"));
        Assert.StartsWith("city.events.sensor.v1 有 4 个分区，但本市上次以 3 条通道运行：", Assert.Single(await RefusedAsync(config, "zh")), StringComparison.Ordinal);
        Assert.Equal(new Ending(3, finding + "\n", ""), await EngineProcess.RunAsync("topics", "check", "--config", config));

        await MakeAnewAsync(admin, TopicNames.Lanes, 5, "compact");
        Assert.Contains(await RefusedAsync(config, "en"), line =>
            line.Contains(" was journaled over other numbers of partitions: city.events.sensor.v1 had 3 and has 4, ", StringComparison.Ordinal)
            && line.EndsWith("; " + LaneHalts.RemedyOf(HaltCause.Repartitioned, 0), StringComparison.Ordinal));
    }

    /// <summary>An engine says of itself what it runs in its heartbeats; one that ends before the first of them has said nothing.</summary>
    private static async Task UntilHeartbeatsAsync(string config)
    {
        while (!(await EngineProcess.RunAsync("lanes", "status", "--config", config, "--format", "json")).Output.Contains("\"owner\":\"grown\"", StringComparison.Ordinal))
            Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>One partition more for each topic whose number is the lanes'.</summary>
    private static async Task GrowAsync(IAdminClient admin)
    {
        string[] ofLanes = [.. TopicNames.DefaultInputs, TopicNames.Rekeyed, TopicNames.Commands, TopicNames.Feedback];
        string[] ofLanesAndCity = [TopicNames.Lanes, TopicNames.Positions];
        await admin.CreatePartitionsAsync([
            .. ofLanes.Select(name => new PartitionsSpecification { Topic = name, IncreaseTo = 4 }), .. ofLanesAndCity.Select(name => new PartitionsSpecification { Topic = name, IncreaseTo = 5 }),
        ]);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (ofLanesAndCity.Concat(ofLanes).Any(name => admin.GetMetadata(name, TimeSpan.FromSeconds(60)).Topics[0].Partitions.Count < 4))
            await pace.WaitForNextTickAsync(Cancellation);
    }

    [Theory]
    [InlineData("en", "Kafka at {0} is not reachable within 1 s: ")]
    [InlineData("zh", "1 秒内无法连接 Kafka {0}：")]
    public async Task A_broker_that_is_absent_is_named_in_the_readers_language(string language, string sentence)
    {
        string absent = $"127.0.0.1:{ServiceProcess.FreePort()}";
        var (exitCode, _, error) = await EngineProcess.RunAsync("lanes", "status", "--bootstrap", absent, "--config", Impatient(), "--lang", language);
        Assert.Equal(3, exitCode);
        Assert.StartsWith(sentence.Replace("{0}", absent, StringComparison.Ordinal), error, StringComparison.Ordinal);
    }

    private static string Impatient()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "impatient.json");
        File.WriteAllText(path, """{ "AlertEngine": { "Kafka": { "RequestTimeout": "1s" } } }""");
        return path;
    }

    private static async Task<string[]> RefusedAsync(string config, string language)
    {
        var (exitCode, _, error) = await EngineProcess.RunAsync("run", "--config", config, "--lang", language);
        Assert.True(exitCode == 3, $"exit code {exitCode}: {error}");
        return error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Deletes a topic and creates it. The broker deletes in its own time, refuses the new one until it has, and shows it when it likes.</summary>
    private static async Task MakeAnewAsync(IAdminClient admin, string name, int partitions, string cleanup)
    {
        await admin.DeleteTopicsAsync([name]);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (bool isMade = false; !isMade || admin.GetMetadata(name, TimeSpan.FromSeconds(60)).Topics[0].Partitions.Count != partitions; await pace.WaitForNextTickAsync(Cancellation))
        {
            if (isMade)
                continue;
            try
            {
                await admin.CreateTopicsAsync([new TopicSpecification { Name = name, NumPartitions = partitions, ReplicationFactor = 1, Configs = new() { ["cleanup.policy"] = cleanup } }]);
                isMade = true;
            }
            catch (CreateTopicsException failure) when (failure.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
            {
                // Still being deleted.
            }
        }
    }
}
