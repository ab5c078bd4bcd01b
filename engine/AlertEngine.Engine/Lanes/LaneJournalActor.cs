using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using NodaTime;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The journal of one lane (persistence id <c>lane-n</c>), and nothing else: made when the protocol wants to recover, it tells its lane the
/// newest snapshot and the rows behind it, then writes what the lane tells it, one write at a time. A write that fails has an unknown outcome:
/// it says so and stops, because only a recovery can tell what is there. The split from <see cref="LaneActor"/> is what lets the predecessor
/// be fenced before the journal is read.
/// </summary>
public sealed class LaneJournalActor : UntypedPersistentActor
{
    private readonly IActorRef _lane;
    private readonly IClock _clock;

    /// <summary>The journal of a lane.</summary>
    public LaneJournalActor(LaneSetup setup, IActorRef lane)
    {
        _lane = lane;
        _clock = setup.Clock;
        PersistenceId = $"lane-{setup.Options.Lane}";
        JournalPluginId = setup.JournalPluginId;
        SnapshotPluginId = setup.SnapshotPluginId;
    }

    /// <inheritdoc />
    public override string PersistenceId { get; }

    /// <inheritdoc />
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: LaneSnapshot snapshot }: _lane.Tell(new LaneInput.SnapshotRecovered(snapshot)); break;
            case LaneRow row: _lane.Tell(new LaneInput.RowRecovered(row, LastSequenceNr)); break;
            case RecoveryCompleted: _lane.Tell(new LaneInput.JournalRecovered(LastSequenceNr)); break;
            default: Unhandled(message); break;
        }
    }

    /// <inheritdoc />
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case LaneCommand.Persist persist: Write(persist.Rows); break;
            case LaneCommand.SaveSnapshot save: Save(save.Snapshot); break;
            case LaneCommand.Prune prune: Prune(prune.UpToRowNumber); break;
            case SaveSnapshotSuccess: _lane.Tell(new LaneInput.SnapshotSaved(true)); break;
            case SaveSnapshotFailure: _lane.Tell(new LaneInput.SnapshotSaved(false)); break;
            // What could not be deleted is deleted with the next snapshot.
            case DeleteMessagesSuccess or DeleteMessagesFailure or DeleteSnapshotsSuccess or DeleteSnapshotsFailure: break;
            default: Unhandled(message); break;
        }
    }

    /// <inheritdoc />
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _lane.Tell(new LaneInput.PersistFailed(cause.Message));

    /// <summary>The framework would go on without the row; the lane must not.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        _lane.Tell(new LaneInput.PersistFailed(cause.Message));
        Context.Stop(Self);
    }

    private void Write(ImmutableArray<LaneRow> rows)
    {
        int left = rows.Length;
        PersistAll(rows, _ =>
        {
            if (--left == 0)
                _lane.Tell(new LaneInput.Persisted(LastSequenceNr));
        });
    }

    /// <summary>
    /// Not the framework's own call, which would number the snapshot by the last row: it stands for the rows up to the batch in it, and the lane
    /// has written on since.
    /// </summary>
    private void Save(LaneSnapshot snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(PersistenceId, snapshot.RowNumber, _clock.GetCurrentInstant().ToDateTimeUtc()), snapshot));

    private void Prune(long upToRowNumber)
    {
        DeleteMessages(upToRowNumber);
        DeleteSnapshots(new SnapshotSelectionCriteria(upToRowNumber - 1));
    }
}
