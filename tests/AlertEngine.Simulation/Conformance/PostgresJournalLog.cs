using System.Data.Common;
using AlertEngine.Connectors.Sql;
using AlertEngine.Testing.Services;
using Npgsql;

namespace AlertEngine.Simulation.Conformance;

/// <summary>PostgreSQL: a process for each owner. Its backup is a dump.</summary>
internal sealed class PostgresJournalLog(PostgresServer server) : DatabaseJournalLog
{
    public override Task BackUpAsync() => server.BackUpAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await server.DisposeAsync();
    }

    protected override string ProcessOf(string owner) => owner;

    protected override JournalProcess NewProcess() => new(new JournalOptions { Provider = JournalProvider.PostgreSql, ConnectionString = server.ConnectionString });

    protected override DbConnection Connect() => new NpgsqlConnection(server.ConnectionString);

    protected override Task ReplaceAsync() => server.RestoreAsync();
}
