using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AlertEngine.Testing.Services;

/// <summary>A real server that speaks Redis' protocol, on a free port of the loopback interface, without persistence: redis-server, or Garnet.</summary>
public sealed class RedisServer : IDisposable
{
    /// <summary>The usual one.</summary>
    public const string Redis = "redis-server";

    /// <summary>Garnet, a .NET tool: in no distribution's packages, so it is never demanded.</summary>
    public const string Garnet = "garnet-server";

    private readonly string _folder = ServiceProcess.NewFolder("redis");
    private readonly string _program;
    private Process? _process;

    private RedisServer(string program) => _program = program;

    /// <summary>Its port.</summary>
    public int Port { get; } = ServiceProcess.FreePort();

    /// <summary>The id of its process.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("Redis is not running");

    /// <summary>The configuration that reaches it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server.</summary>
    /// <exception cref="ServiceUnavailableException">None is installed here.</exception>
    public static RedisServer Start(string program = Redis)
    {
        string path = PathOf(program) ?? throw new ServiceUnavailableException($"no Redis: {program} is not installed");
        var server = new RedisServer(path);
        server.Up();
        return server;
    }

    /// <summary>Starts it (again) and waits until it answers.</summary>
    public void Up()
    {
        string[] common = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1"];
        string[] own = _program.EndsWith(Garnet, StringComparison.Ordinal) ? ["--memory", "256m", "--index", "16m"] : ["--save", "", "--appendonly", "no", "--dir", _folder];
        _process = Process.Start(new ProcessStartInfo(_program, [.. common, .. own]) { RedirectStandardOutput = true })!;
        // Its log is read to the end by nobody: what matters is that the pipe never fills up.
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        for (int asked = 0; ; asked++)
        {
            try
            {
                Command("PING");
                return;
            }
            catch (SocketException) when (asked < 100_000 && !_process.HasExited)
            {
                // Not listening yet.
            }
        }
    }

    /// <summary>Kills it as a crash would; what it held is gone.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Sends one command over a connection of its own and returns the first line of the answer.</summary>
    public string Command(string command)
    {
        using var client = new TcpClient("127.0.0.1", Port);
        using var stream = client.GetStream();
        string[] words = command.Split(' ');
        stream.Write(Encoding.ASCII.GetBytes($"*{words.Length}\r\n{string.Concat(words.Select(word => $"${word.Length}\r\n{word}\r\n"))}"));
        using var reader = new StreamReader(stream);
        return reader.ReadLine() ?? "";
    }

    /// <summary>On the path, or where .NET keeps its tools.</summary>
    private static string? PathOf(string program)
    {
        string tool = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools", program);
        return ServiceProcess.IsInstalled(program) ? program : File.Exists(tool) ? tool : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is not null)
            Kill();
        Directory.Delete(_folder, recursive: true);
    }
}
