using System.Globalization;

namespace AlertEngine.Testing.Services;

/// <summary>
/// A real broker on free ports of the loopback interface, with a plain and a SASL_SSL listener. Started by the first test that asks for it,
/// stopped with the test assembly. The distribution is at <c>KAFKA_HOME</c>, by default beside the checkout.
/// </summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    /// <summary>Who may come in through the secure listener.</summary>
    public const string User = "engine";

    /// <summary>The password of <see cref="User"/>.</summary>
    public const string Password = "nanjing-1-12";

    private readonly SemaphoreSlim _starting = new(1);
    private string? _folder;

    /// <summary>The plain listener; valid once started.</summary>
    public string Bootstrap { get; private set; } = "";

    /// <summary>The listener with TLS and SASL.</summary>
    public string SecureBootstrap { get; private set; } = "";

    /// <summary>The certificate that vouches for the secure listener.</summary>
    public string CaFile => Path.Combine(_folder!, "ca.pem");

    /// <summary>The distribution: its tools are in <c>bin</c>, its Java libraries in <c>libs</c>.</summary>
    public static string Home => Environment.GetEnvironmentVariable("KAFKA_HOME") ?? Path.Combine(Checkout.Root, "..", "shared", "kafka");

    private static string Cluster => Path.Combine(Home, "bin", "kafka-cluster");

    /// <summary>Starts the broker unless it runs.</summary>
    /// <exception cref="ServiceUnavailableException">No broker is installed here.</exception>
    public async Task EnsureStartedAsync()
    {
        if (!File.Exists(Cluster))
            throw new ServiceUnavailableException($"no Kafka: {Cluster} is not there; KAFKA_HOME names the distribution");
        if (!ServiceProcess.IsInstalled("java"))
            throw new ServiceUnavailableException("no Kafka: java is not installed");
        await ServiceTurn.TakeAsync();
        await _starting.WaitAsync();
        try
        {
            if (Bootstrap.Length == 0)
                await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Runs one of the broker's own tools.</summary>
    public Task<string> ToolAsync(string tool, params string[] arguments) => ServiceProcess.RunAsync(Path.Combine(Home, "bin", tool), arguments);

    /// <summary>Kills the broker as a crash would.</summary>
    public Task KillAsync() => ServiceProcess.RunAsync(Cluster, ["kill", _folder!, "1"]);

    /// <summary>Starts it again after <see cref="KillAsync"/>.</summary>
    public Task UpAsync() => StartPatientlyAsync(["up", _folder!, "1"]);

    /// <summary>Puts it to sleep: its connections stay, and it answers nothing.</summary>
    public Task SleepAsync() => Signals.StopAsync(ProcessId);

    /// <summary>Wakes it.</summary>
    public Task WakeAsync() => Signals.ContinueAsync(ProcessId);

    private int ProcessId => int.Parse(File.ReadAllText(Path.Combine(_folder!, "1", "pid")), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
            return;
        await ServiceProcess.RunAsync(Cluster, ["stop", _folder]);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        // Known before the start, so that a broker that starts badly is stopped too.
        string folder = _folder = ServiceProcess.NewFolder("kafka");
        ServerCertificate.Write(folder);
        int plain = ServiceProcess.FreePort(), controller = ServiceProcess.FreePort(), secure = ServiceProcess.FreePort();
        string[] settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"listeners=PLAINTEXT://127.0.0.1:{plain},CONTROLLER://127.0.0.1:{controller},SECURE://127.0.0.1:{secure}"),
            string.Create(CultureInfo.InvariantCulture, $"advertised.listeners=PLAINTEXT://127.0.0.1:{plain},SECURE://127.0.0.1:{secure}"),
            string.Create(CultureInfo.InvariantCulture, $"controller.quorum.voters=1@127.0.0.1:{controller}"),
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL",
            "sasl.enabled.mechanisms=PLAIN",
            $"listener.name.secure.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_{User}=\"{Password}\";",
            "listener.name.secure.ssl.keystore.type=PEM",
            $"listener.name.secure.ssl.keystore.location={Path.Combine(folder, "keystore.pem")}",
            // Everybody may do everything until a test forbids something.
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found=true",
            // Rounds of aborting timed-out transactions and of compaction that tests can wait for.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000",
        ];
        string port = plain.ToString(CultureInfo.InvariantCulture);
        await StartPatientlyAsync(["start", folder, "--port", port, .. settings.SelectMany(setting => new[] { "--set", setting })]);
        (Bootstrap, SecureBootstrap) = ($"127.0.0.1:{plain}", $"127.0.0.1:{secure}");
    }

    // One start waits a minute for the broker to answer; on a busy machine that is too short, and asking again waits for the same broker.
    private static async Task StartPatientlyAsync(string[] arguments)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await ServiceProcess.RunAsync(Cluster, arguments);
                return;
            }
            catch (InvalidOperationException slow) when (attempt < 4 && slow.Message.Contains("did not answer", StringComparison.Ordinal))
            {
            }
        }
    }
}
