using System.Data.Common;
using LinqToDB.Interceptors;

namespace AlertEngine.Connectors.Sql;

/// <summary>
/// What every SQLite connection is told before it is used: a commit is on the disk when it returns (<c>synchronous=FULL</c>), and a busy file
/// is waited for. WAL is a property of the file, but asking again costs nothing.
/// </summary>
internal sealed class SqliteTuning : ConnectionInterceptor
{
    private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000;";

    public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
