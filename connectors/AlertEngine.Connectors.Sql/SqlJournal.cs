using System.Collections.Immutable;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql.Config;
using AlertEngine.Engine.Lanes;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace AlertEngine.Connectors.Sql;

/// <summary>
/// The journal and snapshot store of lanes in a SQL database, as the actor system wants to be told. Dispose after the system has ended: for
/// SQLite it holds the lock that keeps others out.
/// </summary>
public sealed class SqlJournal : ILaneStorage
{
    private const string JournalPlugin = "akka.persistence.journal.sql";
    private const string SnapshotPlugin = "akka.persistence.snapshot-store.sql";

    private readonly JournalLock? _lock;
    private readonly ImmutableArray<string> _sqliteConnections;

    private SqlJournal(Config configuration, Setup options, JournalLock? taken, ImmutableArray<string> sqliteConnections)
    {
        Configuration = configuration;
        Options = options;
        _lock = taken;
        _sqliteConnections = sqliteConnections;
    }

    /// <summary>Settings for the actor system; they win over its others.</summary>
    public Config Configuration { get; }

    /// <summary>The database options for the actor system's setup.</summary>
    public Setup? Options { get; }

    /// <summary>Opens a journal.</summary>
    /// <exception cref="JournalInUseException">A second process on one SQLite journal.</exception>
    public static SqlJournal Open(JournalOptions options) =>
        options.Provider == JournalProvider.Sqlite ? OpenSqlite(options.ConnectionString) : OpenPostgreSql(options.ConnectionString);

    /// <summary>The snapshots' file of a journal's file.</summary>
    public static string SnapshotPathOf(string journalPath) =>
        Path.Combine(Path.GetDirectoryName(journalPath) ?? "", Path.GetFileNameWithoutExtension(journalPath) + ".snapshots" + Path.GetExtension(journalPath));

    /// <summary>Gives the lock back, and the pooled connections with it: they would keep files open that may be deleted from now on.</summary>
    public void Dispose()
    {
        foreach (string connectionString in _sqliteConnections)
        {
            using SqliteConnection connection = new(connectionString);
            SqliteConnection.ClearPool(connection);
        }

        _lock?.Dispose();
    }

    private static SqlJournal OpenSqlite(string pathOrConnectionString)
    {
        SqliteConnectionStringBuilder journal = pathOrConnectionString.Contains('=', StringComparison.Ordinal)
            ? new SqliteConnectionStringBuilder(pathOrConnectionString)
            : new SqliteConnectionStringBuilder { DataSource = pathOrConnectionString };
        string path = Path.GetFullPath(journal.DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        JournalLock taken = JournalLock.Take(path);
        journal.DataSource = path;
        SqliteConnectionStringBuilder snapshots = new(journal.ConnectionString) { DataSource = SnapshotPathOf(path) };
        return Build(ProviderName.SQLiteMS, journal.ConnectionString, snapshots.ConnectionString, parallelism: 1, data => data.UseInterceptor(new SqliteTuning()), AppendOnlyJournal.Sqlite(), taken);
    }

    private static SqlJournal OpenPostgreSql(string connectionString) =>
        Build(ProviderName.PostgreSQL15, connectionString, connectionString, parallelism: 2, data => data, AppendOnlyJournal.PostgreSql(), taken: null);

    private static SqlJournal Build(
        string provider, string journal, string snapshots, int parallelism, Func<DataOptions, DataOptions> tune, AppendOnlyJournal appendOnly, JournalLock? taken)
    {
        MultiDataOptionsSetup options = new();
        options.AddDataOptions(JournalPlugin, tune(new DataOptions().UseConnectionString(provider, journal)).UseInterceptor(appendOnly));
        options.AddDataOptions(SnapshotPlugin, tune(new DataOptions().UseConnectionString(provider, snapshots)));
        return new SqlJournal(Settings(provider, journal, snapshots, parallelism), options, taken, taken is null ? [] : [journal, snapshots]);
    }

    /// <summary>
    /// One setting a line: several in one line of braces do not parse. No replay filter: the store knows writers by process, so that a lane which
    /// went to another process and came back looks as if an old writer had written, and could never be recovered again. What the filter is for,
    /// rows that only ever go on top and the chain of batches see to.
    /// </summary>
    private static Config Settings(string provider, string journal, string snapshots, int parallelism) =>
        ConfigurationFactory.ParseString($"""
            akka.persistence.journal.plugin = "{JournalPlugin}"
            akka.persistence.snapshot-store.plugin = "{SnapshotPlugin}"
            {JournalPlugin}.provider-name = "{provider}"
            {JournalPlugin}.connection-string = {Quoted(journal)}
            {JournalPlugin}.auto-initialize = true
            {JournalPlugin}.parallelism = {parallelism}
            {JournalPlugin}.batch-size = 16
            {JournalPlugin}.replay-batch-size = 16
            {JournalPlugin}.prefer-parameters-on-multirow-insert = true
            {JournalPlugin}.replay-filter.mode = off
            {SnapshotPlugin}.provider-name = "{provider}"
            {SnapshotPlugin}.connection-string = {Quoted(snapshots)}
            {SnapshotPlugin}.auto-initialize = true
            """)
            .WithFallback(LaneSerializer.Configuration)
            .WithFallback(Akka.Persistence.Sql.SqlPersistence.DefaultConfiguration);

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
