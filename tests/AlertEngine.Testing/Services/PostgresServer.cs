using System.Globalization;

namespace AlertEngine.Testing.Services;

/// <summary>A real PostgreSQL on a free port of the loopback interface, with an empty database, for one test or one class of them.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "postgres";
    private const int StartAttempts = 20;
    private readonly string _folder;
    private readonly int _port;

    private PostgresServer(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>The connection string of the empty database.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={Owner};Database={Owner}");

    /// <summary>The id of its first process; the others are its children.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Starts a server.</summary>
    /// <exception cref="ServiceUnavailableException">None is installed here.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(ServiceProcess.NewFolder("postgres"), ServiceProcess.FreePort());
        if (Environment.UserName == "root")
            await ServiceProcess.RunAsync("chown", [Owner, server._folder]);
        await server.RunAsync("initdb", "-D", server.Data, "-U", Owner, "-A", "trust", "--no-sync");
        await server.UpAsync();
        return server;
    }

    /// <summary>Starts it (again) and waits until it answers. After a crash it refuses as long as one of its former processes still holds its memory.</summary>
    /// <exception cref="InvalidOperationException">It does not start; the message ends with what it said.</exception>
    public async Task UpAsync()
    {
        string log = Path.Combine(_folder, "log");
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await RunAsync("pg_ctl", "-D", Data, "-w", "-l", log, "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1"), "start");
                return;
            }
            catch (InvalidOperationException) when (attempt < StartAttempts)
            {
                await Signals.PassAsync(TimeSpan.FromSeconds(1));
            }
            catch (InvalidOperationException failure)
            {
                throw new InvalidOperationException($"{failure.Message}\n{string.Join('\n', File.ReadLines(log).TakeLast(10))}", failure);
            }
        }
    }

    /// <summary>Ends it as a crash would: what was committed is there when it is up again.</summary>
    public Task KillAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>Keeps a copy of the database as it is now, in place of the one before.</summary>
    public Task BackUpAsync() => RunAsync("pg_dump", [.. Client, "-f", Backup, Owner]);

    /// <summary>Puts the copy in the place of what is there.</summary>
    public async Task RestoreAsync()
    {
        await RunAsync("psql", [.. Client, "-v", "ON_ERROR_STOP=1", "-c", "DROP SCHEMA public CASCADE", "-c", "CREATE SCHEMA public", Owner]);
        await RunAsync("psql", [.. Client, "-v", "ON_ERROR_STOP=1", "-f", Backup, Owner]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await KillAsync();
        }
        catch (InvalidOperationException)
        {
            // It was dead already; why, says whoever waited for it.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private string Backup => Path.Combine(_folder, "backup.sql");

    private string[] Client => ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", Owner];

    /// <summary>PostgreSQL refuses to run as root: there its own user runs it.</summary>
    private async Task RunAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs(), program);
        // Its output goes to a file: the server inherits it, and a pipe would stay open as long as the server lives.
        string[] command = ["-c", "\"$0\" \"$@\" >/dev/null 2>&1", path, .. arguments];
        await (Environment.UserName == "root" ? ServiceProcess.RunAsync("runuser", ["-u", Owner, "--", "sh", .. command]) : ServiceProcess.RunAsync("sh", command));
    }

    private static string Programs()
    {
        const string Root = "/usr/lib/postgresql";
        string? newest = Directory.Exists(Root) ? Directory.GetDirectories(Root).OrderBy(folder => folder, StringComparer.Ordinal).LastOrDefault() : null;
        return newest is null ? throw new ServiceUnavailableException($"no PostgreSQL: nothing is installed under {Root}") : Path.Combine(newest, "bin");
    }
}
