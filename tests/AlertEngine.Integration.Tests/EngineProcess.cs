using System.Diagnostics;
using System.Threading.Channels;

namespace AlertEngine.Integration.Tests;

/// <summary>The program as its users start it: a process of its own, which can be killed.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly List<string> _all = [];

    private EngineProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "alertengine.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a command that goes on until it is stopped.</summary>
    public static EngineProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var engine = new EngineProcess(arguments);
        string output = await engine._process.StandardOutput.ReadToEndAsync();
        await engine._process.WaitForExitAsync();
        return (engine._process.ExitCode, output, string.Join('\n', engine._all));
    }

    /// <summary>Waits until so many lines with a text were said on standard error.</summary>
    public async Task UntilSaidAsync(string text, int times, CancellationToken cancellation)
    {
        for (int seen = 0; seen < times;)
        {
            if (!await _said.Reader.WaitToReadAsync(cancellation))
                throw new InvalidOperationException($"the program ended; it said:\n{string.Join('\n', _all)}");
            seen += (await _said.Reader.ReadAsync(cancellation)).Contains(text, StringComparison.Ordinal) ? 1 : 0;
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using (Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            _said.Writer.TryComplete();
            return;
        }

        _all.Add(line);
        _said.Writer.TryWrite(line);
    }
}
