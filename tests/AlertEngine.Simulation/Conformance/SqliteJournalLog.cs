using System.Data.Common;
using AlertEngine.Connectors.Sql;
using Microsoft.Data.Sqlite;

namespace AlertEngine.Simulation.Conformance;

/// <summary>SQLite: one process, in which lives follow one another and a former one may not have heard of the next. Its backup is a copy of its two files.</summary>
internal sealed class SqliteJournalLog : DatabaseJournalLog
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertengine-journal-").FullName;

    private string JournalPath => Path.Combine(_folder, "journal.db");

    private string BackupFolder => Path.Combine(_folder, "backup");

    /// <summary>As the runbook says: with the engine stopped.</summary>
    public override async Task BackUpAsync()
    {
        await EndAsync();
        Directory.CreateDirectory(BackupFolder);
        Copy(_folder, BackupFolder);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override string ProcessOf(string owner) => "";

    protected override JournalProcess NewProcess() => new(new JournalOptions { ConnectionString = JournalPath });

    protected override DbConnection Connect() => new SqliteConnection($"Data Source={JournalPath};Pooling=False");

    protected override Task ReplaceAsync()
    {
        foreach (string file in Directory.GetFiles(_folder))
            File.Delete(file);
        Copy(BackupFolder, _folder);
        return Task.CompletedTask;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
