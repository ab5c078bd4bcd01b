using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.Checks;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Engines;

/// <summary>
/// The journal as the actor of one life uses it: recovery in pages that others may write between, one write at a time as the protocol gives
/// them, snapshots and pruning whenever they get through.
/// </summary>
internal sealed class SimJournalClient(SimLane lane, SimWorld world, SimDistricts districts)
{
    private const int PageRows = 16;
    private const long TimeoutTicks = 5 * TimeSpan.TicksPerSecond;

    private readonly Queue<(long EmitSeq, Action Publish)> _held = new();
    private long _lastRow;
    private int _unwritten;

    /// <summary>The newest snapshot, then the highest number, then page after page: what is written meanwhile is not seen.</summary>
    public void Recover() =>
        Ask(() => world.Journal.NewestSnapshot(lane.Lane), snapshot => Ask(() => world.Journal.HighestOf(lane.Lane), highest => Begin(snapshot, highest)));

    public void Persist(ImmutableArray<LaneRow> rows)
    {
        long first = _lastRow + 1;
        _lastRow += rows.Length;
        object? evidence = rows[0] is BatchPart part ? districts.TakeEvidence(part.Sequence) : null;
        bool isEarly = rows[0] is BatchPart && world.Bug is PlantedBug.PublishBeforePersist or PlantedBug.TwoWritesInFlight;
        _unwritten++;
        Write(first, rows, evidence, isEarly);
        if (isEarly)
            lane.Soon(() => new LaneInput.Persisted(first + rows.Length - 1));
    }

    /// <summary>Publications come after what they publish is durable. The protocol sees to that; only a planted bug has to be held back here.</summary>
    public void WhenWritten(long emitSeq, Action publish)
    {
        if (world.Bug == PlantedBug.TwoWritesInFlight && _unwritten > 0)
            _held.Enqueue((emitSeq, publish));
        else
            publish();
    }

    public void Save(LaneSnapshot snapshot)
    {
        LaneSnapshot saved = districts.AsSaved(snapshot);
        world.Network.Call(
            Service.Database, lane.Process, TimeoutTicks,
            () => { world.Journal.Save(lane.Lane, saved); return true; },
            _ => lane.Give(new LaneInput.SnapshotSaved(true)),
            () => lane.Give(new LaneInput.SnapshotSaved(false)));
    }

    public void Prune(long upToRowNumber)
    {
        world.Happenings.Count("journal pruned");
        world.Network.Call(Service.Database, lane.Process, TimeoutTicks, () => { world.Journal.Delete(lane.Lane, upToRowNumber); return true; }, _ => { }, () => { });
        world.Network.Call(Service.Database, lane.Process, TimeoutTicks, () => { world.Journal.DeleteSnapshots(lane.Lane, upToRowNumber - 1); return true; }, _ => { }, () => { });
    }

    private void Write(long first, ImmutableArray<LaneRow> rows, object? evidence, bool isAnswered) => world.Network.Call(
        Service.Database, lane.Process, TimeoutTicks,
        () => world.Journal.Write(lane.Lane, first, rows, evidence),
        write => Wrote(write, first + rows.Length - 1, isAnswered),
        () => WriteTimedOut(rows, evidence));

    private void Wrote(SimWrite write, long last, bool isAnswered)
    {
        _unwritten--;
        if (write == SimWrite.Conflict)
        {
            world.Happenings.Count("write conflicted");
            lane.Give(new LaneInput.PersistFailed("the row is there"));
        }
        else if (!isAnswered)
        {
            lane.Give(new LaneInput.Persisted(last));
        }

        while (_unwritten == 0 && _held.TryDequeue(out (long EmitSeq, Action Publish) held) && !lane.HasEnded)
            held.Publish();
    }

    private void WriteTimedOut(ImmutableArray<LaneRow> rows, object? evidence)
    {
        world.Happenings.Count("write of unknown outcome");
        if (world.Bug != PlantedBug.RetryOfUnknownPersist)
        {
            lane.Give(new LaneInput.PersistFailed("time-out"));
            return;
        }

        long again = _lastRow + 1;
        _lastRow += rows.Length;
        if (!lane.HasEnded)
            Write(again, rows, evidence, isAnswered: false);
    }

    private void Begin(LaneSnapshot? snapshot, long highest)
    {
        if (snapshot is not null)
            lane.Give(new LaneInput.SnapshotRecovered(districts.AsRecovered(snapshot)));
        NextPage((snapshot?.RowNumber ?? 0) + 1, highest);
    }

    private void NextPage(long from, long highest) => Ask(() => world.Journal.Page(lane.Lane, from, highest, PageRows), page =>
    {
        GiveRows(page);
        if (page.Count == PageRows)
            NextPage(page[^1].Number + 1, highest);
        else
            Complete(highest);
    });

    private void GiveRows(List<(long Number, LaneRow Row)> rows)
    {
        foreach ((long number, LaneRow row) in rows)
        {
            districts.IsRecoveringTimers = BatchEvidence.IsOfTimers(row);
            lane.Give(new LaneInput.RowRecovered(row, number));
        }
    }

    private void Complete(long highest)
    {
        _lastRow = highest;
        lane.Give(new LaneInput.JournalRecovered(highest));
    }

    private void Ask<T>(Func<T> atService, Action<T> answered) => world.Network.Call(
        Service.Database, lane.Process, TimeoutTicks, atService,
        answer => { if (!lane.HasEnded) answered(answer); },
        () => lane.Fault("reading the journal"));
}
