using AlertEngine.Connectors.Sql;
using Xunit;

namespace AlertEngine.Connectors.Tests.Sql;

public sealed class JournalLockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertengine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_second_owner_of_one_journal_is_refused_and_told_who_has_it()
    {
        JournalOptions options = new() { ConnectionString = Path.Combine(_folder, "journal.db") };
        using SqlJournal first = SqlJournal.Open(options);
        JournalInUseException refused = Assert.Throws<JournalInUseException>(() => SqlJournal.Open(options));
        Assert.Equal(
            $"the journal {options.ConnectionString} is in use by process {Environment.ProcessId}: a SQLite journal belongs to one process. Stop that one, or give this one a journal of its own",
            refused.Message);
    }

    [Fact]
    public void A_lock_that_was_given_back_can_be_taken_again()
    {
        string path = Path.Combine(_folder, "journal.db");
        JournalLock.Take(path).Dispose();
        using JournalLock again = JournalLock.Take(path);
        Assert.True(File.Exists(path + ".lock"));
    }

    [Fact]
    public void The_snapshots_file_is_named_after_the_journals()
    {
        Assert.Equal("/data/journal.snapshots.db", SqlJournal.SnapshotPathOf("/data/journal.db"));
    }
}
