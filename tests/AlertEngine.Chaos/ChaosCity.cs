using System.Text.Json;
using AlertEngine.Chaos.Victims;
using AlertEngine.Testing.Rules;
using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos;

/// <summary>A whole city of real processes: brokers, Redis, a database, engines. Each of them is a victim.</summary>
internal sealed class ChaosCity : IAsyncDisposable
{
    /// <summary>Lanes of the city.</summary>
    public const int Lanes = 4;

    /// <summary>The grave alarms of all districts are orders of the centre too: what lanes tell the city lane has to arrive once as well.</summary>
    private const string CityRule = """
          - id: grave-fire
            name: { zh: 重大火警, en: Grave fire alarm }
            owner: centre
            stage: live
            scope: city
            source: { type: fire.alarm }
            key: event.device
            detect: { each: { when: event.level > 9.7, once: true } }
            severity: { base: red }
            title: { zh: "{event.device}", en: "{event.device}" }
            routes: [ { to: centre } ]

        """;

    private readonly string _folder = ServiceProcess.NewFolder("chaos");
    private readonly ChaosCluster _cluster;
    private readonly RedisServer _redis;
    private readonly PostgresServer? _postgres;
    private readonly List<SupervisedEngine> _engines = [];
    private int _engineNames;

    private ChaosCity(ChaosCluster cluster, RedisServer redis, PostgresServer? postgres) => (_cluster, _redis, _postgres) = (cluster, redis, postgres);

    public string Bootstrap => _cluster.Bootstrap;

    public IReadOnlyList<SupervisedEngine> Engines => _engines;

    /// <summary>Everything that can be killed, by its name.</summary>
    public List<Victim> Victims { get; } = [];

    /// <exception cref="ServiceUnavailableException">A server is not installed here.</exception>
    public static async Task<ChaosCity> StartAsync(ChaosOptions options)
    {
        ChaosCluster cluster = await ChaosCluster.StartAsync(options.Brokers);
        PostgresServer? postgres;
        try
        {
            postgres = options.IsShared ? await PostgresServer.StartAsync() : null;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        ChaosCity city = new(cluster, RedisServer.Start(), postgres);
        try
        {
            await city.PeopleAsync(options);
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }

        return city;
    }

    /// <summary>Topics, engines, and who may be killed.</summary>
    private async Task PeopleAsync(ChaosOptions options)
    {
        Ending created = await EngineProcess.RunAsync("topics", "create", "--partitions", $"{Lanes}", "--config", Configure("operator"));
        if (created.ExitCode != 0)
            throw new InvalidOperationException($"the topics cannot be created: {created.Error}");
        for (int engine = 1; engine <= options.Engines; engine++)
            AddEngine();
        for (int broker = 1; broker <= options.Brokers; broker++)
            AddBroker(broker);
        Victims.Add(new Victim("redis", () => _redis.ProcessId, () => Signals.KillAsync(_redis.ProcessId), () => { _redis.Up(); return Task.CompletedTask; }, 3_000));
        if (_postgres is { } postgres)
            Victims.Add(new Victim("postgresql", () => postgres.ProcessId, () => Signals.KillAsync(postgres.ProcessId), postgres.UpAsync, 8_000));
    }

    /// <summary>One engine more.</summary>
    public SupervisedEngine AddEngine()
    {
        string name = $"engine-{++_engineNames}";
        SupervisedEngine engine = new(name, Configure(name));
        _engines.Add(engine);
        // What ends it starts it again.
        Victims.Add(new Victim(name, () => engine.Id, () => Signals.KillAsync(engine.Id), () => Task.CompletedTask, 20_000));
        return engine;
    }

    /// <summary>Stops an engine cleanly, for good, while the others go on. Returns its exit code.</summary>
    public async Task<int> StopEngineAsync(SupervisedEngine engine)
    {
        _engines.Remove(engine);
        Victims.RemoveAll(victim => victim.Name == engine.Name);
        int exitCode = await engine.TerminateAsync();
        await engine.DisposeAsync();
        return exitCode;
    }

    /// <summary>What is wrong with everything that was published, as <c>orders verify</c> says; null where nothing is.</summary>
    public async Task<string?> VerifyAsync()
    {
        Ending verified = await EngineProcess.RunAsync("orders", "verify", "--config", Configure("operator"));
        string said = (verified.Output + verified.Error).Trim();
        return said.EndsWith("gaps 0, repeats 0", StringComparison.Ordinal) ? null : $"orders verify says: {said}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SupervisedEngine engine in _engines)
            await engine.DisposeAsync();
        await _cluster.DisposeAsync();
        _redis.Dispose();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void AddBroker(int broker) =>
        Victims.Add(new Victim($"broker-{broker}", () => _cluster.IdOf(broker), () => _cluster.KillAsync(broker), () => _cluster.UpAsync(broker), 12_000));

    private string Configure(string instance)
    {
        File.WriteAllText(Path.Combine(_folder, "fire.rules.yaml"), FireRules.Text(title: "{ zh: \"{event.device}\", en: \"{event.device}\" }") + CityRule);
        object journal = _postgres is { } postgres
            ? new { Provider = "postgresql", postgres.ConnectionString }
            : new { ConnectionString = Path.Combine(_folder, "journal.db") };
        string path = Path.Combine(_folder, $"{instance}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            AlertEngine = new
            {
                Kafka = new { BootstrapServers = _cluster.Bootstrap, InstanceId = instance },
                Redis = new { Configuration = _redis.Configuration },
                Rules = new[] { Path.Combine(_folder, "fire.rules.yaml") },
                Journal = journal,
                // Districts without events must not hold the centre back for long.
                Time = new { Idle = "3s" },
                Http = new { Urls = "" },
            },
        }));
        return path;
    }
}
