using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace AlertEngine.Testing.Services;

/// <summary>What a run of the program left.</summary>
/// <param name="ExitCode">Its exit code; <see cref="EngineProcess.KilledExitCode"/> after SIGKILL.</param>
/// <param name="Output">What it printed on standard output.</param>
/// <param name="Error">What it said on standard error; lines parted by line feeds, without one at the end.</param>
public sealed record Ending(int ExitCode, string Output, string Error);

/// <summary>
/// The program as its users start it: a process of its own, beside the test's assembly, that shares nothing with the test but files. It speaks
/// English unless it is told otherwise, whatever the environment of the tests says.
/// </summary>
public sealed class EngineProcess : IAsyncDisposable
{
    /// <summary>Of a process that was ended by SIGKILL.</summary>
    public const int KilledExitCode = 128 + 9;

    private readonly Process _process;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly List<string> _all = [];
    private readonly Task<string> _output;
    private readonly TaskCompletionSource _errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EngineProcess(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "alertengine.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The last lines it said, for the report of a failure.</summary>
    public string LastWords
    {
        get
        {
            lock (_all)
                return string.Join('\n', _all.TakeLast(40));
        }
    }

    /// <summary>Starts a command.</summary>
    public static EngineProcess Start(params IEnumerable<string> arguments) => StartIn(Environment.CurrentDirectory, arguments);

    /// <summary>Starts a command in a folder.</summary>
    public static EngineProcess StartIn(string folder, params IEnumerable<string> arguments) => new(folder, arguments);

    /// <summary>Runs a command to its end.</summary>
    public static Task<Ending> RunAsync(params IEnumerable<string> arguments) => RunInAsync(Environment.CurrentDirectory, arguments);

    /// <summary>Runs a command in a folder to its end.</summary>
    public static async Task<Ending> RunInAsync(string folder, params IEnumerable<string> arguments)
    {
        await using EngineProcess engine = new(folder, arguments);
        return await engine.EndAsync();
    }

    /// <summary>Waits for the end, however it comes.</summary>
    public async Task<Ending> EndAsync()
    {
        string output = await _output;
        await _errorEnded.Task;
        await _process.WaitForExitAsync();
        lock (_all)
            return new Ending(_process.ExitCode, output, string.Join('\n', _all));
    }

    /// <summary>Waits until so many lines with a text were said on standard error.</summary>
    public async Task UntilSaidAsync(string text, int times, CancellationToken cancellation)
    {
        for (int seen = 0; seen < times;)
        {
            if (!await _said.Reader.WaitToReadAsync(cancellation))
                throw new InvalidOperationException($"the program ended; it said:\n{LastWords}");
            seen += (await _said.Reader.ReadAsync(cancellation)).Contains(text, StringComparison.Ordinal) ? 1 : 0;
        }
    }

    /// <summary>SIGKILL; returns at once.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken cancellation)
    {
        using (Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
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
            _errorEnded.TrySetResult();
            return;
        }

        lock (_all)
            _all.Add(line);
        _said.Writer.TryWrite(line);
    }
}
