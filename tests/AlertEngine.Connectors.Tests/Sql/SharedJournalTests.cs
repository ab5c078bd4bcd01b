using System.Data;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using AlertEngine.Connectors.Files.Publishing;
using AlertEngine.Connectors.Sql;
using AlertEngine.Engine.Lanes;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Services;
using NodaTime;
using NodaTime.Testing;
using Npgsql;
using Xunit;

namespace AlertEngine.Connectors.Tests.Sql;

/// <summary>
/// Goal: what the lane protocol takes for granted of a journal that processes share. Method: two actor systems, as two processes have them, on one
/// real PostgreSQL, write to one lane.
/// </summary>
public sealed class SharedJournalTests
{
    [Fact]
    public async Task A_lane_that_went_to_another_process_and_came_back_is_recovered()
    {
        await using PostgresServer postgres = await ServiceStart.OrSkipAsync(PostgresServer.StartAsync);
        await using Member first = new(postgres), second = new(postgres);
        for (int row = 1; row <= 6; row++)
        {
            Life life = await (row % 2 == 1 ? first : second).TakeAsync();
            Assert.Equal(Enumerable.Range(1, row - 1).Select(number => (long)number), life.Rows);
            Assert.Equal(new LaneInput.Persisted(row), await life.WriteAsync(row));
            await life.EndAsync();
        }
    }

    [Fact]
    public async Task Of_two_writers_of_one_row_the_first_stays_and_nothing_of_the_others_batch_is_there()
    {
        await using PostgresServer postgres = await ServiceStart.OrSkipAsync(PostgresServer.StartAsync);
        await using Member first = new(postgres), second = new(postgres);
        Life winner = await first.TakeAsync(), loser = await second.TakeAsync();
        Assert.Equal(new LaneInput.Persisted(1), await winner.WriteAsync(10));
        Assert.IsType<LaneInput.PersistFailed>(await loser.WriteAsync(20, 21, 22));
        Assert.Equal(new LaneInput.Persisted(2), await winner.WriteAsync(11));
        await winner.EndAsync();
        Assert.Equal([10L, 11], (await second.TakeAsync()).Rows);
    }

    [Fact]
    public async Task A_row_under_way_keeps_the_last_one_from_being_pruned()
    {
        await using PostgresServer postgres = await ServiceStart.OrSkipAsync(PostgresServer.StartAsync);
        await using Member member = new(postgres);
        Assert.Equal(new LaneInput.Persisted(1), await (await member.TakeAsync()).WriteAsync(1));
        await using NpgsqlConnection writing = new(postgres.ConnectionString), pruning = new(postgres.ConnectionString);
        await ExecuteAsync(writing, "BEGIN; INSERT INTO journal (created, deleted, persistence_id, sequence_number, message) VALUES (0, false, 'lane-0', 2, '')");
        PostgresException waits = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(pruning, "SET lock_timeout = 500; DELETE FROM journal WHERE sequence_number = 1"));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, waits.SqlState);
        await ExecuteAsync(writing, "COMMIT");
        await ExecuteAsync(pruning, "DELETE FROM journal WHERE sequence_number = 1");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        if (connection.State != ConnectionState.Open)
            await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>One process.</summary>
    private sealed class Member : IAsyncDisposable
    {
        private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = OFF\nakka.log-dead-letters = off\nakka.stdout-loglevel = OFF");

        private readonly SqlJournal _journal;
        private readonly ActorSystem _system;

        public Member(PostgresServer postgres)
        {
            _journal = SqlJournal.Open(new JournalOptions { Provider = JournalProvider.PostgreSql, ConnectionString = postgres.ConnectionString });
            _system = ActorSystem.Create("member", BootstrapSetup.Create().WithConfig(Quiet.WithFallback(_journal.Configuration)).And(_journal.Options!));
        }

        /// <summary>Takes the lane: a new actor that has recovered.</summary>
        public async Task<Life> TakeAsync()
        {
            Channel<LaneInput> told = Channel.CreateUnbounded<LaneInput>();
            IActorRef lane = _system.ActorOf(Props.Create(() => new Listener(told.Writer)));
            IActorRef journal = _system.ActorOf(Props.Create(() => new LaneJournalActor(Setup(), lane)));
            lane.Tell(journal);
            Life life = new(journal, told.Reader);
            await life.RecoverAsync();
            return life;
        }

        public async ValueTask DisposeAsync()
        {
            await _system.Terminate();
            _journal.Dispose();
        }

        private static LaneSetup Setup() => new()
        {
            Options = new LaneOptions(),
            Rules = LaneBuilders.Rules(0),
            OpenInputs = () => new LineInputPort(new MemoryWorld()),
            OpenOutputs = () => new FileOutputPort("", 0),
            MakeDecoder = () => new LineDecoder(),
            MakeWindow = () => new MemoryWindow(),
            MakeKernel = _ => throw new InvalidOperationException("nothing is evaluated here"),
            Clock = new FakeClock(Instant.FromUnixTimeSeconds(0)),
        };
    }

    /// <summary>One life of the lane's journal in a process.</summary>
    private sealed class Life(IActorRef journal, ChannelReader<LaneInput> told)
    {
        private readonly List<long> _rows = [];

        /// <summary>What tells the recovered rows apart.</summary>
        public IReadOnlyList<long> Rows => _rows;

        public async Task RecoverAsync()
        {
            while (await told.ReadAsync(TestContext.Current.CancellationToken) is not LaneInput.JournalRecovered and var input)
                _rows.Add(Assert.IsType<AttemptRow>(Assert.IsType<LaneInput.RowRecovered>(input).Row).Sequence);
        }

        /// <summary>Writes rows as one batch; returns what the lane is told.</summary>
        public async Task<LaneInput> WriteAsync(params long[] rows)
        {
            journal.Tell(new LaneCommand.Persist([.. rows.Select(row => (LaneRow)new AttemptRow(row, 0, 0, default, [], ""))]));
            return await told.ReadAsync(TestContext.Current.CancellationToken);
        }

        public Task EndAsync() => journal.GracefulStop(TimeSpan.FromMinutes(1));
    }

    /// <summary>The lane that the journal belongs to.</summary>
    private sealed class Listener : UntypedActor
    {
        private readonly ChannelWriter<LaneInput> _told;

        public Listener(ChannelWriter<LaneInput> told) => _told = told;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case IActorRef journal: Context.Watch(journal); break;
                case Terminated: _told.TryComplete(new InvalidOperationException("the journal stopped")); break;
                case LaneInput input: _told.TryWrite(input); break;
                default: Unhandled(message); break;
            }
        }
    }
}
