namespace AlertEngine.Simulation.Conformance;

/// <summary>The journal of one lane and the lives of its owners: simulated, or in a real database.</summary>
internal interface IJournalLog : IAsyncDisposable
{
    /// <summary>A new life of an owner, in place of its former one; what it recovers.</summary>
    Task<RecoveredJournal> TakeAsync(string owner);

    /// <summary>Writes rows behind those that the owner knows, as one batch; the number of the last, or null where that was refused, which ends the life.</summary>
    Task<long?> WriteAsync(string owner, IReadOnlyList<string> rows);

    /// <summary>Keeps a snapshot that stands for the rows up to a number.</summary>
    Task SnapshotAsync(string owner, long row, string name);

    /// <summary>Forgets rows up to a number, and older snapshots; returns when they are gone.</summary>
    Task PruneAsync(string owner, long row);

    /// <summary>Keeps a copy of everything as it is now.</summary>
    Task BackUpAsync();

    /// <summary>Ends all lives and puts the copy in the place of what is there.</summary>
    Task RestoreAsync();
}

/// <summary>What a recovery is given.</summary>
/// <param name="Snapshot">The newest snapshot and its row, as <c>NAME@ROW</c>; null where there is none.</param>
/// <param name="Rows">The rows behind it, as <c>NUMBER=ROW</c>.</param>
/// <param name="Last">The highest number ever given.</param>
internal sealed record RecoveredJournal(string? Snapshot, IReadOnlyList<string> Rows, long Last)
{
    public override string ToString() => string.Join(' ', [.. Snapshot is null ? Rows : [Snapshot, .. Rows], $"last {Last}"]);
}
