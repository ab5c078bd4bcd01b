using System.CommandLine;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>The options of commands that talk to the cluster, and how such a command ends where something is wrong.</summary>
internal sealed class ClusterOptions(Words words)
{
    public Option<string?> Config { get; } = new("--config") { Description = words.Of("配置文件，优先于 appsettings.json", "A configuration file, over appsettings.json.") };

    public Option<string?> Bootstrap { get; } = new("--bootstrap") { Description = words.Of("起始的 Kafka 节点，host:port，以逗号分隔；默认 AlertEngine:Kafka:BootstrapServers", "The brokers to begin with, host:port separated by commas. Default: AlertEngine:Kafka:BootstrapServers.") };

    public Option<string[]> Rules { get; } = new("--rules") { Description = words.Of("规则文件或文件夹；默认 AlertEngine:Rules", "Rule files or folders. Default: AlertEngine:Rules."), AllowMultipleArgumentsPerToken = true };

    public Option<string?> City { get; } = new("--city") { Description = words.Of("城市文件；默认 AlertEngine:City", "The city file. Default: AlertEngine:City.") };

    /// <summary>Runs a command with its settings; every fault of the configuration is told at once.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<EngineSettings, Task<int>> run)
    {
        var error = parsed.InvocationConfiguration.Error;
        var loaded = SettingsLoader.Load(parsed.GetValue(Config), Overrides(parsed));
        foreach (var fault in loaded.Faults)
            error.WriteLine(Words.Of(parsed).Of(fault));
        if (!loaded.Faults.IsEmpty)
            return ExitCodes.Usage;
        try
        {
            return await run(loaded.Settings).ConfigureAwait(false);
        }
        catch (KafkaConnectorException failure)
        {
            error.WriteLine(Words.Of(parsed).Of(failure.Text));
            return ExitCodes.World;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>Runs a command on the cluster, once it answers.</summary>
    public Task<int> RunOnClusterAsync(ParseResult parsed, Func<KafkaClients, EngineSettings, Task<int>> run) =>
        RunAsync(parsed, async settings =>
        {
            // What the client library has to say of a broker that is away is said once, by us.
            using var clients = new KafkaClients(settings.Kafka, _ => { });
            clients.EnsureReachable();
            return await run(clients, settings).ConfigureAwait(false);
        });

    private IEnumerable<KeyValuePair<string, string?>> Overrides(ParseResult parsed)
    {
        yield return new("Kafka:BootstrapServers", Given(parsed, Bootstrap) ? parsed.GetValue(Bootstrap) : null);
        yield return new("City", Given(parsed, City) ? parsed.GetValue(City) : null);
        yield return new("Rules", Given(parsed, Rules) ? string.Join(SettingKey.ListSeparator, parsed.GetValue(Rules)!) : null);
    }

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
