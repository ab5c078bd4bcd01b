using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <content>The journal, publishing behind it, and snapshots behind both.</content>
public sealed partial class LaneProtocol
{
    private readonly Queue<EncodedBatch> _waitingBatches = new();
    private EncodedBatch? _writing;
    private bool _isWritingMark;
    private bool _isRecycling;
    private int _publishAttempts;
    private ImmutableArray<long> _durableOffsets = [];
    private long _durableSequence;
    private long _publishingEmitSeq;
    private long _committedEmitSeq;
    private long _savingRow;

    /// <summary>One write of a lane is in flight at a time: the journal writes in parallel, and a later row must never be durable before an earlier one.</summary>
    private bool IsPersisting => _writing is not null || _isWritingMark;

    private void Enqueue(ClosedBatch closed, BatchEvent batch, ImmutableArray<NumberedOutput> outputs)
    {
        _writer.Clear();
        ReadOnlyMemory<byte> bytes = BatchCodec.Encode(batch, _writer);
        _waitingBatches.Enqueue(new EncodedBatch(closed, bytes.Length, BatchChain.Cut(batch.Sequence, bytes, _options.RowBytes), outputs));
        // The keys are in the row now; the next batch but one is taken into the same list.
        _spareKeys = closed.Draft.Admitted;
        _spareKeys.Clear();
    }

    private void Write(ImmutableArray<LaneRow> rows)
    {
        _isWritingMark = true;
        _commands.Add(new LaneCommand.Persist(rows));
    }

    private void PersistNext()
    {
        if (IsPersisting || !_waitingBatches.TryDequeue(out EncodedBatch? next))
            return;
        _writing = next;
        _commands.Add(new LaneCommand.Persist(next.Rows));
    }

    private void OnPersisted(long lastRowNumber)
    {
        if (_isWritingMark)
        {
            _isWritingMark = false;
            _isMarkingPart = false;
            if (_phase == LanePhase.Marking)
                _phase = LanePhase.Refilling;
            else if (_phase == LanePhase.Resuming)
                OnResumed();
            return;
        }

        EncodedBatch written = _writing!;
        _writing = null;
        _attempt.Succeeded();
        _outbox.Append(written.Outputs);
        GiveUp(written.Closed.Draft.Undeliverable);
        _durableSequence = written.Closed.Draft.Sequence;
        _durableOffsets = [.. written.Closed.Marks.Select(mark => mark.ReadOffset)];
        _isLastDurable = written.Closed.Draft.IsLast;
        _roll.Persisted(_durableSequence, lastRowNumber, written.SizeBytes);
        _commands.Add(new LaneCommand.ReportProgress(
            new LaneProgress(_durableSequence, written.Closed.FrontTicks, _durableOffsets, _tally, _outbox.Count) { Batch = written.Closed.Draft.Tally }));
    }

    private void PublishNext()
    {
        if (_recyclesFirst)
        {
            _recyclesFirst = false;
            Recycle();
        }
        else if (!_outbox.IsPublishing && !_isRecycling && !_awaitsRefusals && _outbox.Count > 0)
            Publish();
    }

    private void Publish()
    {
        ImmutableArray<NumberedOutput> outputs = _outbox.Begin(_options.PublishOutputs);
        _publishingEmitSeq = outputs[^1].EmitSeq;
        _commands.Add(new LaneCommand.Publish(outputs, new PublishPosition(_publishingEmitSeq, _durableOffsets, _outputEnds, _outbox.RunId)));
    }

    private void OnPublishEnded(PublishOutcome outcome)
    {
        switch (outcome.Status)
        {
            case PublishStatus.Committed: OnCommitted(outcome.Ends); break;
            case PublishStatus.Aborted: OnAborted(outcome.Refused); break;
            case PublishStatus.Unknown: OnUnknown(outcome.Refused); break;
            default: End(new LaneCommand.StopLane($"lane {_options.Lane} was fenced: another owner has it. {outcome.Detail}")); break;
        }
    }

    private void OnCommitted(ImmutableArray<OutputEnd> ends)
    {
        _outbox.Commit();
        _committedEmitSeq = _publishingEmitSeq;
        _outputEnds = ends;
        _publishAttempts = 0;
        if (_phase == LanePhase.Republishing)
            PublishOrSeek();
    }

    private void OnAborted(ImmutableArray<RefusedOutput> refused)
    {
        _outbox.Abandon();
        _publishAttempts++;
        Refuse(refused);
        if (_awaitsRefusals)
            GoOnWithoutRefused();
        else if (_publishAttempts >= _options.PublishAttempts)
            Recycle();
        else if (_phase == LanePhase.Republishing)
            Publish();
    }

    /// <summary>The rest is published once the refusal is durable; a lane that is being taken over gets there by going on.</summary>
    private void GoOnWithoutRefused()
    {
        _publishAttempts = 0;
        if (_phase == LanePhase.Republishing)
            PublishOrSeek();
    }

    /// <summary>Nobody knows what became of the transaction. A new producer ends it one way or the other, and then the position tells.</summary>
    private void Recycle()
    {
        _outbox.Abandon();
        if (_phase == LanePhase.Republishing)
        {
            // Still taking over: from the top, which is shorter than a second way to do the same.
            End(new LaneCommand.Restart("a publication of the take-over has an unknown outcome"));
            return;
        }

        _isRecycling = true;
        _commands.Add(new LaneCommand.InitTransactions());
    }

    private void OnRecycled(PublishPosition? position)
    {
        long published = position?.EmitSeq ?? 0;
        _isRecycling = false;
        if (published > _outbox.EmitSeq)
            Suspect($"lane {_options.Lane} has published up to output {published}, its journal ends at {_outbox.EmitSeq}: two owners?");
        else if (published < _committedEmitSeq)
            Suspect($"lane {_options.Lane} had published up to output {_committedEmitSeq}, its position says {published}: the outputs were rewound");
        else
            DropPublished(published);
    }

    private void DropPublished(long published)
    {
        _outbox.Drop(published, new HashSet<long>());
        Refuse(_suspected);
        _suspected = [];
    }

    private void TrySnapshot()
    {
        if (_roll.TryBuild(_durableSequence, _outbox) is { } snapshot)
        {
            _savingRow = snapshot.RowNumber;
            _commands.Add(new LaneCommand.SaveSnapshot(snapshot));
        }
    }

    /// <summary>Pruning waits for both: the snapshot, which itself waited for its outputs to be published.</summary>
    private void OnSnapshotSaved(bool isSaved)
    {
        _roll.Ended();
        if (isSaved)
            _commands.Add(new LaneCommand.Prune(_savingRow));
    }

    /// <summary>A batch on its way into the journal.</summary>
    private sealed record EncodedBatch(ClosedBatch Closed, int SizeBytes, ImmutableArray<LaneRow> Rows, ImmutableArray<NumberedOutput> Outputs);
}
