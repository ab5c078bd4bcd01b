using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos.Victims;

/// <summary>One engine process as an init system runs it: started again whenever it ends, by a kill or by itself.</summary>
internal sealed class SupervisedEngine : IAsyncDisposable
{
    private readonly string _config;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private EngineProcess? _process;
    private string _formerWords = "";

    public SupervisedEngine(string name, string config)
    {
        Name = name;
        _config = config;
        _running = RunAsync();
    }

    /// <summary>What the ledger calls it.</summary>
    public string Name { get; }

    /// <summary>The id of the process now.</summary>
    public int Id => _process is { HasExited: false } process ? process.Id : throw new InvalidOperationException("the engine is between two lives");

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>The last lines it said in this life and the one before, for the report of a failure.</summary>
    public string LastWords => $"{_formerWords}\n{_process?.LastWords}".Trim();

    /// <summary>Ends it for good, cleanly: SIGTERM. Returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await _stopping.CancelAsync();
        return _process is { HasExited: false } process ? await process.TerminateAsync(CancellationToken.None) : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_process is { HasExited: false } process)
            await Signals.KillAsync(process.Id);
        await _running;
        if (_process is not null)
            await _process.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            EngineProcess process = _process = EngineProcess.Start("run", "--config", _config);
            Starts++;
            await process.EndAsync();
            _formerWords = process.LastWords;
            await Signals.PassAsync(TimeSpan.FromMilliseconds(300));
        }
    }
}
