using AlertEngine.Connectors.Files.Publishing;
using AlertEngine.Connectors.Sql;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Lanes.Replay;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Lanes;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace AlertEngine.Connectors.Tests.Sql;

/// <summary>
/// Goal: the actor on a real SQLite journal and real files keeps the promise of the protocol. Method: the actor system is torn down in the
/// middle, without a clean stop, again and again; the files must be those of an undisturbed run, byte by byte.
/// </summary>
public sealed class LaneOnSqliteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertengine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_replay_torn_down_at_any_batch_ends_with_the_same_files()
    {
        string calm = Path.Combine(_folder, "calm");
        await RunAsync(calm, int.MaxValue);
        string torn = Path.Combine(_folder, "torn");
        int lives = 1;
        for (int batches = 0; !await RunAsync(torn, batches); batches = (batches + 2) % 7)
            lives++;
        Assert.True(lives > 5, $"only {lives} lives");
        foreach (string name in (string[])["workorders.ndjson", "alerts.ndjson", "deadletters.ndjson"])
            Assert.Equal(await ReadAsync(calm, name), await ReadAsync(torn, name));
        Assert.NotEmpty(await ReadAsync(calm, "workorders.ndjson"));
    }

    [Fact]
    public async Task A_finished_replay_starts_afresh_and_an_unfinished_one_goes_on()
    {
        string folder = Path.Combine(_folder, "again");
        Assert.False(await RunAsync(folder, 3));
        Assert.True(await RunAsync(folder, int.MaxValue, expectResumed: true));
        Assert.Empty(Directory.GetFiles(folder, "journal*", SearchOption.AllDirectories));
        byte[] first = await ReadAsync(folder, "alerts.ndjson");
        Assert.True(await RunAsync(folder, int.MaxValue, expectResumed: false));
        Assert.Equal(first, await ReadAsync(folder, "alerts.ndjson"));
    }

    [Fact]
    public async Task Rows_behind_a_snapshot_are_pruned()
    {
        string folder = Path.Combine(_folder, "pruned");
        // Torn down near its end, because a finished replay takes its journal with it.
        Assert.False(await RunAsync(folder, 400, lines: 4_000));
        string journal = Directory.GetFiles(folder, "journal.db", SearchOption.AllDirectories).Single();
        await using SqliteConnection connection = new($"Data Source={journal};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        long written = await ScalarAsync(connection, "SELECT MAX(sequence_number) FROM journal");
        Assert.True(written > 300, $"{written} rows written");
        // A snapshot and the pruning behind it take as long as the disk needs, while batches go on: only that rows go is promised.
        Assert.InRange(await ScalarAsync(connection, "SELECT COUNT(*) FROM journal WHERE deleted = 0"), 1, written / 2);
        await using SqliteCommand mode = new("PRAGMA journal_mode", connection);
        Assert.Equal("wal", await mode.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_replay_whose_outputs_were_taken_away_says_so()
    {
        string folder = Path.Combine(_folder, "robbed");
        Assert.False(await RunAsync(folder, 40));
        FileOutputPort.Clear(folder);
        ReplayFailedException failed = await Assert.ThrowsAsync<ReplayFailedException>(() => RunAsync(folder, int.MaxValue));
        Assert.Matches("^lane 0 has published up to output 0, its journal begins behind \\d+: \\d+ outputs are lost$", failed.Message);
    }

    [Fact]
    public async Task A_record_that_throws_restarts_the_lane_until_it_is_a_dead_letter()
    {
        string folder = Path.Combine(_folder, "poisoned");
        LineDecoder decoder = new() { Killers = { "a5" } };
        Assert.True(await RunAsync(folder, int.MaxValue, decoder: decoder));
        string letters = await File.ReadAllTextAsync(Path.Combine(folder, "deadletters.ndjson"), TestContext.Current.CancellationToken);
        Assert.Single(letters.Split('\n'), line => line.Contains("\"poison\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Outputs_that_cannot_be_opened_yet_are_opened_by_a_later_life()
    {
        string folder = Path.Combine(_folder, "held");
        int refusals = 2;
        Assert.True(await RunAsync(folder, int.MaxValue, lives: 3, openOutputs: () => refusals-- > 0 ? throw new IOException("the file is held") : new FileOutputPort(folder, 0)));
        Assert.NotEmpty(await ReadAsync(folder, "workorders.ndjson"));
    }

    [Fact]
    public async Task Outputs_that_cannot_be_opened_at_all_are_named()
    {
        string folder = Path.Combine(_folder, "closed");
        ReplayFailedException failed = await Assert.ThrowsAsync<ReplayFailedException>(() => RunAsync(folder, int.MaxValue, lives: 3, openOutputs: () => throw new IOException("the file is held")));
        Assert.Equal("no progress after 3 attempts: the file is held", failed.Message);
    }

    [Fact]
    public async Task A_state_that_this_version_cannot_read_halts_the_lane_and_is_named()
    {
        string folder = Path.Combine(_folder, "newer");
        Assert.False(await RunAsync(folder, 40));
        ReplayFailedException failed = await Assert.ThrowsAsync<ReplayFailedException>(() => RunAsync(folder, int.MaxValue, makeKernel: district => new UnreadableKernel(new TracingKernel(district))));
        Assert.Matches("^the state of district [a-z0-9]+ in the journal of lane 0 cannot be read: a district's state of version 99$", failed.Message);
    }

    /// <summary>One life; true where it reached the end of the inputs. Otherwise it is torn down after so many durable batches.</summary>
    private static async Task<bool> RunAsync(string folder, int batches, bool? expectResumed = null, LineDecoder? decoder = null, int lines = 400, int lives = 1, Func<IOutputPort>? openOutputs = null, Func<string, IDistrictKernel>? makeKernel = null)
    {
        MemoryWorld world = new(LaneBuilders.Lines(new Random(1), lines, "a"), LaneBuilders.Lines(new Random(2), lines * 3 / 4, "b"));
        LaneRules rules = LaneBuilders.Rules(0, 4);
        LaneOptions options = new() { IsReplay = true, BatchRecords = 16, SnapshotBatches = 6, SnapshotJournalBytes = 1, RowBytes = 3_000 };
        using ReplayJournal journal = ReplayJournal.Open(folder, ReplayPlan.IdentityOf(world.Descriptions, rules, options), () => FileOutputPort.Clear(folder));
        if (expectResumed is { } expected)
            Assert.Equal(expected, journal.IsResumed);
        TornDown tearing = new(batches);
        LaneSetup setup = new()
        {
            Options = options,
            Rules = rules,
            OpenInputs = () => new LineInputPort(world),
            OpenOutputs = openOutputs ?? (() => new FileOutputPort(folder, 0)),
            MakeDecoder = () => decoder ?? new LineDecoder(),
            MakeWindow = () => new MemoryWindow(),
            MakeKernel = makeKernel ?? tearing.Kernel,
            Clock = new FakeClock(Instant.FromUnixTimeSeconds(0)),
            MaxBackoff = Duration.FromMilliseconds(50),
        };
        try
        {
            await ReplayEngine.RunAsync(new ReplayPlan { Setup = setup, Storage = journal, MaxFruitlessLives = decoder is null ? lives : 40 }, tearing, TestContext.Current.CancellationToken);
            journal.Finish();
            return true;
        }
        catch (ReplayFailedException) when (tearing.IsTorn)
        {
            return false;
        }
    }

    private static Task<byte[]> ReadAsync(string folder, string name) => File.ReadAllBytesAsync(Path.Combine(folder, name), TestContext.Current.CancellationToken);

    private static async Task<long> ScalarAsync(SqliteConnection connection, string sql)
    {
        await using SqliteCommand command = new(sql, connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>A kernel of an engine that is older than the journal.</summary>
    private sealed class UnreadableKernel(IDistrictKernel inner) : IDistrictKernel
    {
        public long NextDueFrontTicks => inner.NextDueFrontTicks;

        public long NextDueNowTicks => inner.NextDueNowTicks;

        public DistrictResult Evaluate(DistrictBatch batch) => throw new InvalidOperationException("nothing may be evaluated on a state that was not read");

        public void Apply(ReadOnlyMemory<byte> delta) => throw new InvalidDataException("a district's state of version 99");

        public StatePart EncodePart(int part, long sequence, int maxBytes) => inner.EncodePart(part, sequence, maxBytes);

        public void Restore(ReadOnlyMemory<byte> first) => throw new InvalidDataException("a district's state of version 99");
    }

    /// <summary>After so many durable batches every district throws, which ends the run while batches are under way.</summary>
    private sealed class TornDown(int batches) : IProgress<LaneProgress>
    {
        private int _left = batches;

        public bool IsTorn { get; private set; }

        public void Report(LaneProgress value) => Interlocked.Decrement(ref _left);

        public IDistrictKernel Kernel(string district) => new TearingKernel(this, new TracingKernel(district));

        private sealed class TearingKernel(TornDown owner, IDistrictKernel inner) : IDistrictKernel
        {
            public long NextDueFrontTicks => inner.NextDueFrontTicks;

            public long NextDueNowTicks => inner.NextDueNowTicks;

            public DistrictResult Evaluate(DistrictBatch batch)
            {
                if (Volatile.Read(ref owner._left) <= 0)
                {
                    owner.IsTorn = true;
                    throw new ProcessKilledException("the test");
                }

                return inner.Evaluate(batch);
            }

            public void Apply(ReadOnlyMemory<byte> delta) => inner.Apply(delta);

            public StatePart EncodePart(int part, long sequence, int maxBytes) => inner.EncodePart(part, sequence, maxBytes);

            public void Restore(ReadOnlyMemory<byte> first) => inner.Restore(first);
        }
    }
}
