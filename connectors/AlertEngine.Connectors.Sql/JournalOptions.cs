namespace AlertEngine.Connectors.Sql;

/// <summary>Which database keeps the journal.</summary>
public enum JournalProvider
{
    /// <summary>Two files beside each other, for one process. The default.</summary>
    Sqlite = 0,

    /// <summary>A server, for several processes.</summary>
    PostgreSql,
}

/// <summary>Where the journal is.</summary>
public sealed record JournalOptions
{
    /// <summary>The database.</summary>
    public JournalProvider Provider { get; init; }

    /// <summary>
    /// SQLite: the path of the journal's file, or a connection string with <c>Data Source</c>; the snapshots' file is named after it.
    /// PostgreSQL: the connection string.
    /// </summary>
    public required string ConnectionString { get; init; }
}
