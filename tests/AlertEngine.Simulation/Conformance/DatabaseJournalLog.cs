using System.Data.Common;
using System.Globalization;
using AlertEngine.Testing.Services;

namespace AlertEngine.Simulation.Conformance;

/// <summary>A real database, used as the engine uses it: an actor system for each process, the journal's own actor for each life.</summary>
internal abstract class DatabaseJournalLog : IJournalLog
{
    private readonly Dictionary<string, JournalProcess> _processes = [];
    private readonly Dictionary<string, JournalLife> _lives = [];

    public async Task<RecoveredJournal> TakeAsync(string owner)
    {
        if (_lives.Remove(owner, out JournalLife? former))
            await former.EndAsync();
        string process = ProcessOf(owner);
        if (!_processes.TryGetValue(process, out JournalProcess? running))
            _processes[process] = running = NewProcess();
        JournalLife life = _lives[owner] = new JournalLife(running.System);
        return await life.RecoverAsync();
    }

    public Task<long?> WriteAsync(string owner, IReadOnlyList<string> rows) => _lives[owner].WriteAsync(rows);

    public Task SnapshotAsync(string owner, long row, string name) => _lives[owner].SnapshotAsync(row, name);

    /// <summary>The journal does not say when it has pruned. The row that was deleted last stays as a mark of its number.</summary>
    public async Task PruneAsync(string owner, long row)
    {
        _lives[owner].Prune(row);
        await using DbConnection connection = Connect();
        await connection.OpenAsync();
        await Patience.UntilAsync(async () => await IsPrunedAsync(connection, row) ? "pruned" : null, () => $"rows up to {row} were not pruned", CancellationToken.None);
    }

    public abstract Task BackUpAsync();

    public async Task RestoreAsync()
    {
        await EndAsync();
        await ReplaceAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await EndAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The process in which an owner lives.</summary>
    protected abstract string ProcessOf(string owner);

    protected abstract JournalProcess NewProcess();

    protected abstract DbConnection Connect();

    /// <summary>Puts the backup in the place of what is there; nobody uses it meanwhile.</summary>
    protected abstract Task ReplaceAsync();

    /// <summary>Ends all processes.</summary>
    protected async Task EndAsync()
    {
        _lives.Clear();
        foreach (JournalProcess process in _processes.Values)
            await process.DisposeAsync();
        _processes.Clear();
    }

    private static async Task<bool> IsPrunedAsync(DbConnection connection, long row)
    {
        await using DbCommand count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM journal WHERE sequence_number < @row OR (sequence_number = @row AND NOT deleted)";
        DbParameter upTo = count.CreateParameter();
        (upTo.ParameterName, upTo.Value) = ("@row", row);
        count.Parameters.Add(upTo);
        return Convert.ToInt64(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 0;
    }
}
