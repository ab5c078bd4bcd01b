using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Conformance;

/// <summary>The database of the simulator.</summary>
internal sealed class SimJournalLog : IJournalLog
{
    private const int Lane = 0;

    private readonly SimJournal _journal = new(PlantedBug.None);
    private readonly Dictionary<string, long> _lastRows = [];
    private object? _backup;

    public Task<RecoveredJournal> TakeAsync(string owner)
    {
        LaneSnapshot? snapshot = _journal.NewestSnapshot(Lane);
        long last = _journal.HighestOf(Lane);
        _lastRows[owner] = last;
        List<(long Number, LaneRow Row)> rows = _journal.Page(Lane, (snapshot?.RowNumber ?? 0) + 1, last, int.MaxValue);
        return Task.FromResult(new RecoveredJournal(snapshot is null ? null : NamedRows.Text(snapshot), [.. rows.Select(row => NamedRows.Text(row.Number, row.Row))], last));
    }

    public Task<long?> WriteAsync(string owner, IReadOnlyList<string> rows)
    {
        if (_journal.Write(Lane, _lastRows[owner] + 1, [.. rows.Select(NamedRows.Row)], null) == SimWrite.Conflict)
            return Task.FromResult<long?>(null);
        _lastRows[owner] += rows.Count;
        return Task.FromResult<long?>(_lastRows[owner]);
    }

    public Task SnapshotAsync(string owner, long row, string name)
    {
        _journal.Save(Lane, NamedRows.Snapshot(row, name));
        return Task.CompletedTask;
    }

    public Task PruneAsync(string owner, long row)
    {
        _journal.Delete(Lane, row);
        _journal.DeleteSnapshots(Lane, row - 1);
        return Task.CompletedTask;
    }

    public Task BackUpAsync()
    {
        _backup = _journal.Backup();
        return Task.CompletedTask;
    }

    public Task RestoreAsync()
    {
        _lastRows.Clear();
        _journal.Restore(_backup!);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
