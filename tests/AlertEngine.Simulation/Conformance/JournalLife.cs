using System.Threading.Channels;
using Akka.Actor;
using AlertEngine.Engine.Lanes;
using NodaTime;
using NodaTime.Testing;

namespace AlertEngine.Simulation.Conformance;

/// <summary>One life of a lane's journal: the actor that the engine drives, and what it tells its lane.</summary>
internal sealed class JournalLife
{
    private readonly IActorRef _journal;
    private readonly ChannelReader<object> _told;

    public JournalLife(ActorSystem system)
    {
        Channel<object> told = Channel.CreateUnbounded<object>();
        _told = told.Reader;
        IActorRef lane = system.ActorOf(Props.Create(() => new Listener(told.Writer)));
        _journal = system.ActorOf(Props.Create(() => new LaneJournalActor(Setup(), lane)));
    }

    public async Task<RecoveredJournal> RecoverAsync()
    {
        string? snapshot = null;
        List<string> rows = [];
        while (true)
        {
            switch (await NextAsync())
            {
                case LaneInput.SnapshotRecovered recovered: snapshot = NamedRows.Text(recovered.Snapshot); break;
                case LaneInput.RowRecovered recovered: rows.Add(NamedRows.Text(recovered.RowNumber, recovered.Row)); break;
                case LaneInput.JournalRecovered recovered: return new RecoveredJournal(snapshot, rows, recovered.LastRowNumber);
                case var other: throw new InvalidOperationException($"a recovery does not say {other}");
            }
        }
    }

    /// <summary>What the lane is told; null where the write failed.</summary>
    public async Task<long?> WriteAsync(IEnumerable<string> rows)
    {
        _journal.Tell(new LaneCommand.Persist([.. rows.Select(NamedRows.Row)]));
        return await NextAsync() is LaneInput.Persisted persisted ? persisted.LastRowNumber : null;
    }

    public async Task SnapshotAsync(long row, string name)
    {
        _journal.Tell(new LaneCommand.SaveSnapshot(NamedRows.Snapshot(row, name)));
        if (await NextAsync() is not LaneInput.SnapshotSaved { IsSaved: true } and var other)
            throw new InvalidOperationException($"a snapshot was not saved: {other}");
    }

    public void Prune(long row) => _journal.Tell(new LaneCommand.Prune(row));

    public Task EndAsync() => _journal.GracefulStop(TimeSpan.FromMinutes(3));

    private async Task<object> NextAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        return await _told.ReadAsync(patience.Token);
    }

    /// <summary>The journal needs the lane's number and a clock; whatever else a lane has nobody asks for here.</summary>
    private static LaneSetup Setup() => new()
    {
        Options = new LaneOptions(),
        Rules = new LaneRules("", [], (_, _) => throw new InvalidOperationException("nothing is evaluated here")),
        OpenInputs = () => throw new InvalidOperationException("nothing is read here"),
        OpenOutputs = () => throw new InvalidOperationException("nothing is published here"),
        MakeDecoder = () => throw new InvalidOperationException("nothing is read here"),
        MakeWindow = () => throw new InvalidOperationException("nothing is read here"),
        MakeKernel = _ => throw new InvalidOperationException("nothing is evaluated here"),
        Clock = new FakeClock(Instant.FromUnixTimeSeconds(0)),
    };

    /// <summary>The lane that the journal belongs to.</summary>
    private sealed class Listener : UntypedActor
    {
        private readonly ChannelWriter<object> _told;

        public Listener(ChannelWriter<object> told) => _told = told;

        protected override void OnReceive(object message) => _told.TryWrite(message);
    }
}
