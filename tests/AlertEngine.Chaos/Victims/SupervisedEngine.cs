using System.Diagnostics;

namespace AlertEngine.Chaos.Victims;

/// <summary>One engine process as an init system runs it: started again whenever it ends, by a kill or by itself.</summary>
internal sealed class SupervisedEngine : IAsyncDisposable
{
    private readonly string _config;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _said = [];
    private readonly Task _running;
    private Process? _process;

    public SupervisedEngine(string config)
    {
        _config = config;
        _running = RunAsync();
    }

    /// <summary>The id of the process now.</summary>
    public int Id => _process is { HasExited: false } process ? process.Id : throw new InvalidOperationException("the engine is between two lives");

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>The last lines it said, for the report of a failure.</summary>
    public string LastWords
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said.TakeLast(40));
        }
    }

    /// <summary>Ends it for good, cleanly: SIGTERM. Returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await _stopping.CancelAsync();
        if (_process is not { HasExited: false } process)
            return 0;
        using (Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_process is { HasExited: false } process)
            await Signals.KillAsync(process.Id);
        await _running;
        _process?.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "alertengine.dll"), "run", "--config", _config]) { RedirectStandardError = true };
            Process process = _process = Process.Start(start)!;
            Starts++;
            process.ErrorDataReceived += (_, line) => Take(line.Data);
            process.BeginErrorReadLine();
            await process.WaitForExitAsync();
            await Signals.PassAsync(TimeSpan.FromMilliseconds(300));
        }
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.Add(line);
    }
}
