using System.Globalization;
using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos;

/// <summary>A cluster of one or three real brokers; with three, replication 3 and two in sync.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private readonly string _folder = ServiceProcess.NewFolder("chaos-kafka");

    private static string Program =>
        Path.Combine(Environment.GetEnvironmentVariable("KAFKA_HOME") ?? Path.Combine(Checkout.Root, "..", "shared", "kafka"), "bin", "kafka-cluster");

    public string Bootstrap { get; private set; } = "";

    public static async Task<ChaosCluster> StartAsync(int brokers)
    {
        if (!File.Exists(Program) || !ServiceProcess.IsInstalled("java"))
            throw new ServiceUnavailableException($"no Kafka: {Program} and java are needed");
        await ServiceTurn.TakeAsync();
        ChaosCluster cluster = new();
        await cluster.PatientlyAsync(
            "start", cluster._folder, "--port", "0", "--brokers", brokers.ToString(CultureInfo.InvariantCulture),
            "--set", "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000");
        cluster.Bootstrap = (await ServiceProcess.RunAsync(Program, ["start", cluster._folder])).Trim();
        return cluster;
    }

    /// <summary>The id of a broker's process, from 1.</summary>
    public int IdOf(int broker) => int.Parse(File.ReadAllText(Path.Combine(_folder, broker.ToString(CultureInfo.InvariantCulture), "pid")), CultureInfo.InvariantCulture);

    /// <summary>SIGKILL to a broker.</summary>
    public async Task KillAsync(int broker)
    {
        int id = IdOf(broker);
        await ServiceProcess.RunAsync(Program, ["kill", _folder, broker.ToString(CultureInfo.InvariantCulture)]);
        await Signals.KillAsync(id);
    }

    /// <summary>Starts a broker that was killed.</summary>
    public Task UpAsync(int broker) => PatientlyAsync("up", _folder, broker.ToString(CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await ServiceProcess.RunAsync(Program, ["stop", _folder]);
        Directory.Delete(_folder, recursive: true);
    }

    // A start waits a minute for its broker; on a busy machine that is too short, and asking again waits for the same one.
    private async Task PatientlyAsync(params string[] arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await ServiceProcess.RunAsync(Program, arguments);
                return;
            }
            catch (InvalidOperationException slow) when (attempt < 4 && slow.Message.Contains("did not answer", StringComparison.Ordinal))
            {
            }
        }
    }
}
