using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <content>Closing batches, handing them to districts, and making one event of their answers. One batch is evaluated at a time; the next is decoded meanwhile.</content>
public sealed partial class LaneProtocol
{
    private readonly List<DistrictResult> _results = [];
    private ClosedBatch? _evaluating;
    private List<AdmittedKey>? _spareKeys;
    private int _unanswered;
    private int _partInEvaluation;
    private bool _isMarkingPart;
    private bool _isLastClosed;

    private void DispatchBatch()
    {
        // A stopping lane closes one more batch where an output was refused: it could never be done with it otherwise.
        if (_evaluating is not null || (_isStopping && _refused.Count == 0) || _isLastClosed || _isAsking || _intake.AwaitsAnswer)
            return;
        if (_attempt.IsCareful)
            GoOnCarefully();
        else if (IsDraftReady())
            CloseBatch();
    }

    private bool IsDraftReady()
    {
        // More than one batch waiting for the journal: the world is slower than we are.
        if (_waitingBatches.Count > 1)
            return false;
        BatchDraft draft = _intake.Draft;
        if (draft.Records >= _options.BatchRecords || IsDrained)
            return true;
        if (_options.IsReplay)
            return false;
        return _waitingBatches.Count == 0 && HasSomethingToDo;
    }

    /// <summary>Whether a live lane has reason for a batch: records, parts of it that are evaluated, a refused output, or, on a silent stream, a timer or an end to journal.</summary>
    private bool HasSomethingToDo =>
        _intake.Draft.Records > 0 || _results.Count > 0 || _refused.Count > 0 || _intake.Draft.HasSteps || IsBeatDue || _intake.HasQuietEnd
        || _dues.Due(_intake.FrontTicks, _intake.NowTicks).Any();

    /// <summary>Closes the draft: what the districts get, and what the journal will say of it, is fixed here.</summary>
    private void CloseBatch()
    {
        BatchDraft draft = _intake.Draft;
        // A full batch is never the last: whether the end was seen together with its last record must not matter.
        draft.IsLast = draft.Records < _options.BatchRecords && IsDrained;
        if (draft.IsLast)
            _intake.Flush();
        Declare(draft);
        _intake.PassEnds();
        long nowTicks = _intake.CloseNow();
        _commands.AddRange(_roll.NextParts(_sequence));
        ImmutableArray<DistrictBatch> batches = draft.DrainSteps(nowTicks, _intake.FrontTicks, _dues);
        draft.CountDistricts();
        _isLastClosed = draft.IsLast;
        _attempt.Close();
        _evaluating = new ClosedBatch(draft, nowTicks, _intake.FrontTicks, _intake.HighestTicks, _intake.Marks(), _intake.Senders(), _sequence, _formerFrontTicks, IsBeatDue);
        _formerFrontTicks = _intake.FrontTicks;
        _sequence = draft.Sequence;
        if (_roll.IsDue)
            _roll.Begin(draft.Sequence, _intake);
        _intake.Draft = new BatchDraft(draft.Sequence + 1, _spareKeys);
        _spareKeys = null;
        HandOut(batches);
        if (_unanswered == 0)
            CompleteBatch();
    }

    private void HandOut(ImmutableArray<DistrictBatch> batches)
    {
        _unanswered = batches.Length;
        if (batches.Length > 0)
            _commands.Add(new LaneCommand.Evaluate(batches));
    }

    private void OnEvaluated(DistrictResult result)
    {
        _results.Add(result);
        _unanswered--;
        if (_unanswered > 0)
            return;
        if (_evaluating is not null)
            CompleteBatch();
        else
            _partInEvaluation = 0;
    }

    private void CompleteBatch()
    {
        ClosedBatch closed = _evaluating!;
        _evaluating = null;
        // Stable: parts of one district stay in their order. By code, so that the order of answers does not matter.
        ImmutableArray<DistrictResult> results = [.. _results.OrderBy(result => result.District, StringComparer.Ordinal)];
        _results.Clear();
        ImmutableArray<Output> outputs = [.. closed.Draft.Outputs.Concat(results.SelectMany(result => result.Outputs)).Select(output => Bound(output, closed.Draft.Tally))];
        outputs = Stamp(outputs, closed);
        Count(closed.Draft.Tally, results);
        foreach (DistrictResult result in results)
            _dues.Set(result.District, result.NextDueFrontTicks, result.NextDueNowTicks);
        BatchEvent batch = closed.ToEvent(_rules, results, outputs, _outbox.EmitSeq + 1);
        _tally.Add(closed.Draft.Tally);
        Enqueue(closed, batch, _outbox.Number(outputs));
        _roll.EncodeLane(closed.Draft.Sequence, _outbox, _dues, _tally, Identities());
    }

    private static void Count(LaneTally tally, ImmutableArray<DistrictResult> results)
    {
        foreach (DistrictResult result in results)
        {
            tally.Evaluation += result.Tally;
            if (result.Tally.Opened > 0)
                tally.Count(result.District, new DistrictTally(0, result.Tally.Opened, 0));
            foreach (Output output in result.Outputs)
            {
                if (output.DispatchedTo is { } lead)
                    tally.CountOrder(result.District, lead);
            }
        }
    }

    /// <summary>A batch that ended the process twice: part by part, each announced in the journal before its first record is decoded.</summary>
    private void GoOnCarefully()
    {
        if (_isMarkingPart || _partInEvaluation > 0 || IsPersisting)
            return;
        InputProgress? next = _intake.Next();
        if (_intake.Draft.Records < _attempt.PartEnd && !IsDrained && !(next is null && HasSomethingToDo))
            return;
        ImmutableArray<DistrictBatch> part = _intake.Draft.DrainSteps(_intake.CloseNow(), null, _dues);
        if (!part.IsEmpty)
        {
            _partInEvaluation = part.Length;
            HandOut(part);
        }
        else if (_attempt.HasParts)
        {
            // The first record of a part is named before it is tried, so it has to be there.
            bool isAwaited = next is null ? !IsDrained && !HasSomethingToDo : next.Waiting.Count == 0 && !next.IsAtEnd;
            if (!isAwaited)
                AnnounceNextPart(next);
        }
        else
        {
            CloseBatch();
        }
    }

    private void AnnounceNextPart(InputProgress? next)
    {
        _attempt.NextPart();
        _isMarkingPart = true;
        Coordinate first = next is { Waiting.Count: > 0 } ? new Coordinate(IndexOf(next), next.Waiting.Peek().Offset) : new Coordinate(-1, 0);
        Write([new AttemptRow(_intake.Draft.Sequence, _attempt.PartStart, _attempt.PartEnd, first, [], _rules.Hash)]);
    }

    /// <summary>A batch whose records are fixed.</summary>
    private sealed record ClosedBatch(
        BatchDraft Draft, long NowTicks, long FrontTicks, long HighestTicks, ImmutableArray<InputMark> Marks, ImmutableArray<SenderMark> Senders, long Predecessor,
        long FormerFrontTicks, bool IsBeatDue)
    {
        public BatchEvent ToEvent(LaneRules rules, ImmutableArray<DistrictResult> results, ImmutableArray<Output> outputs, long firstEmitSeq) => new()
        {
            Sequence = Draft.Sequence,
            Predecessor = Predecessor,
            NowTicks = NowTicks,
            FrontTicks = FrontTicks,
            HighestTicks = HighestTicks,
            RuleSetHash = rules.Hash,
            LatenessTicks = rules.LatenessTicks,
            Inputs = Marks,
            Senders = Senders,
            Admitted = Draft.Admitted,
            Buffered = Draft.Buffered,
            Deltas = [.. results.Select(result => new DistrictDelta(result.District, result.Delta, result.NextDueFrontTicks, result.NextDueNowTicks))],
            FirstEmitSeq = firstEmitSeq,
            Outputs = outputs,
            Undeliverable = Draft.Undeliverable,
            Tally = Draft.Tally,
            IsLast = Draft.IsLast,
        };
    }
}
