using System.Data.Common;
using LinqToDB.Interceptors;

namespace AlertEngine.Connectors.Sql;

/// <summary>
/// Lets the database refuse a row that does not lie above every row its lane ever had. The unique key of row numbers does not see to that: pruning
/// frees the numbers of the rows it deletes, and a former owner that has not heard of its successor yet could write there, be told that it is
/// durable, and publish what no recovery will ever read. The row that was deleted last stays, so that the highest number is always known.
/// </summary>
/// <param name="tableExists">A query: a row where the journal's table is there, which its first user makes.</param>
/// <param name="install">Commands that may be run again, by several processes at once.</param>
internal sealed class AppendOnlyJournal(string tableExists, string install) : ConnectionInterceptor
{
    private volatile bool _isInstalled;

    /// <summary>For SQLite: one writer at a time, so that what the trigger reads is so until the row is there.</summary>
    public static AppendOnlyJournal Sqlite() => new(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'journal'",
        """
        CREATE TRIGGER IF NOT EXISTS journal_append_only BEFORE INSERT ON journal
        WHEN NEW.sequence_number <= (SELECT MAX(sequence_number) FROM journal WHERE persistence_id = NEW.persistence_id)
        BEGIN
          SELECT RAISE(ABORT, 'another owner has written to the journal of this lane');
        END
        """);

    /// <summary>
    /// For PostgreSQL: the last row is kept from being deleted until the new one is there, so that nobody can write, prune and be gone between
    /// the look and the insertion. A row that was deleted while it was waited for is looked for again.
    /// </summary>
    public static AppendOnlyJournal PostgreSql() => new(
        "SELECT 1 WHERE to_regclass('journal') IS NOT NULL",
        """
        DO $install$
        BEGIN
          PERFORM pg_advisory_xact_lock(hashtext('journal_append_only'));
          IF EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'journal_append_only' AND tgrelid = to_regclass('journal')) THEN
            RETURN;
          END IF;
          CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $check$
          DECLARE
            last bigint;
          BEGIN
            LOOP
              SELECT sequence_number INTO last FROM journal WHERE persistence_id = NEW.persistence_id
                ORDER BY sequence_number DESC LIMIT 1 FOR KEY SHARE;
              EXIT WHEN FOUND;
              PERFORM 1 FROM journal WHERE persistence_id = NEW.persistence_id LIMIT 1;
              EXIT WHEN NOT FOUND;
            END LOOP;
            IF NEW.sequence_number <= last THEN
              RAISE EXCEPTION 'another owner has written to the journal of %: row % is there, row % is not above it', NEW.persistence_id, last, NEW.sequence_number
                USING ERRCODE = 'unique_violation';
            END IF;
            RETURN NEW;
          END
          $check$;
          CREATE TRIGGER journal_append_only BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_append_only();
        END
        $install$
        """);

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
    {
        if (_isInstalled)
            return;
        using DbCommand command = connection.CreateCommand();
        command.CommandText = tableExists;
        if (command.ExecuteScalar() is null)
            return;
        command.CommandText = install;
        command.ExecuteNonQuery();
        _isInstalled = true;
    }

    public override async Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        if (_isInstalled)
            return;
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = tableExists;
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
            return;
        command.CommandText = install;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        _isInstalled = true;
    }
}
