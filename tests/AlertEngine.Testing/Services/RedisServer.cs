using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace AlertEngine.Testing.Services;

/// <summary>A real redis-server on a free port of the loopback interface, without persistence.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly string _folder = ServiceProcess.NewFolder("redis");
    private Process? _process;

    private RedisServer()
    {
    }

    /// <summary>Its port.</summary>
    public int Port { get; } = ServiceProcess.FreePort();

    /// <summary>The configuration that reaches it.</summary>
    public string Configuration => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Starts a server.</summary>
    /// <exception cref="ServiceUnavailableException">None is installed here.</exception>
    public static RedisServer Start()
    {
        if (!ServiceProcess.IsInstalled("redis-server"))
            throw new ServiceUnavailableException("no Redis: redis-server is not installed");
        var server = new RedisServer();
        server.Up();
        return server;
    }

    /// <summary>Starts it (again) and waits until it answers.</summary>
    public void Up()
    {
        string[] arguments = ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
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
        stream.Write(Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return reader.ReadLine() ?? "";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is not null)
            Kill();
        Directory.Delete(_folder, recursive: true);
    }
}
