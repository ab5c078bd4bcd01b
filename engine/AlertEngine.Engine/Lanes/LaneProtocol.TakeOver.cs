using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <content>Taking a lane: fence, recover, read the position, check the tail, publish what is missing, seek, count the attempt, fill the buffers, go on.</content>
public sealed partial class LaneProtocol
{
    private readonly RecoveredSlices _slices = new();
    private readonly HashSet<long> _undeliverable = [];
    private PublishPosition? _position;
    private ImmutableArray<OutputEnd> _outputEnds = [];
    private ImmutableArray<InputIdentity> _knownInputs = [];
    private long _sequence;
    private long _lastRow;
    private string? _suspicion;
    private bool _isLastDurable;

    private void TakeOver(LaneInput input)
    {
        switch (input, _phase)
        {
            case (LaneInput.Started started, LanePhase.New):
                _lastClockTicks = started.NowTicks;
                _suspicion = started.Suspicion;
                Go(LanePhase.Initialising, new LaneCommand.InitTransactions());
                break;
            case (LaneInput.TransactionsInitialised, LanePhase.Initialising): Go(LanePhase.Recovering, new LaneCommand.RecoverJournal()); break;
            case (LaneInput.SnapshotRecovered recovered, LanePhase.Recovering): OnSnapshot(recovered.Snapshot); break;
            case (LaneInput.RowRecovered recovered, LanePhase.Recovering): OnRow(recovered.Row, recovered.RowNumber); break;
            case (LaneInput.JournalRecovered recovered, LanePhase.Recovering): OnRecovered(recovered.LastRowNumber); break;
            case (LaneInput.PositionRead read, LanePhase.ReadingPosition):
                _position = read.Position;
                Go(LanePhase.ReadingTail, new LaneCommand.ReadTail(read.Position));
                break;
            case (LaneInput.TailRead read, LanePhase.ReadingTail): OnTail(read.Tail); break;
            case (LaneInput.Sought, LanePhase.Seeking): CountAttempt(); break;
            case (LaneInput.TransactionsInitialised, LanePhase.Running): _commands.Add(new LaneCommand.ReadPosition()); break;
            case (LaneInput.PositionRead read, LanePhase.Running): OnRecycled(read.Position); break;
            default: throw new InvalidOperationException($"{input.GetType().Name} does not belong to the phase {_phase}");
        }
    }

    private void Go(LanePhase phase, LaneCommand command)
    {
        _phase = phase;
        _commands.Add(command);
    }

    private void OnSnapshot(LaneSnapshot snapshot)
    {
        _lastRow = snapshot.RowNumber;
        StateReader reader = new(snapshot.Lane);
        _intake.Restore(reader);
        _outbox.Restore(reader);
        _dues.Restore(reader);
        _tally.Add(LaneTally.Decode(reader));
        _knownInputs = LaneRowCodec.ReadInputs(reader);
        _sequence = snapshot.Sequence;
        _commands.AddRange(_slices.Begin(snapshot.Slices));
    }

    private void OnRow(LaneRow row, long number)
    {
        if (number != _lastRow + 1)
            throw new InvalidDataException($"row {number} follows row {_lastRow}: a gap");
        _lastRow = number;
        if (row is AttemptRow attempt)
        {
            if (!attempt.Inputs.IsEmpty)
                _knownInputs = attempt.Inputs;
            _attempt.Recover(attempt);
        }
        else if (row is ResumeRow resume)
        {
            Apply(resume);
        }
        else if (row is BatchPart part && _chain.Take(part) is { } batch)
        {
            Apply(batch);
        }
    }

    /// <summary>A stored decision is applied, never taken again: neither a changed rule nor another answer or clock can change the past.</summary>
    private void Apply(BatchEvent batch)
    {
        if (batch.Predecessor != _sequence || batch.FirstEmitSeq != _outbox.EmitSeq + 1)
        {
            throw new InvalidDataException(
                $"batch {batch.Sequence} follows batch {batch.Predecessor} and output {batch.FirstEmitSeq - 1}, but the journal is at batch {_sequence} and output {_outbox.EmitSeq}: a gap or a fork");
        }

        _sequence = batch.Sequence;
        _intake.Apply(batch);
        _outbox.Append(_outbox.Number(batch.Outputs));
        GiveUp(batch.Undeliverable);
        _undeliverable.UnionWith(batch.Undeliverable);
        _tally.Add(batch.Tally);
        _isLastDurable = batch.IsLast && !_options.GoesOn;
        foreach (DistrictDelta delta in batch.Deltas)
        {
            _commands.AddRange(_slices.Apply(delta, batch.Sequence));
            _dues.Set(delta.District, delta.NextDueFrontTicks, delta.NextDueNowTicks);
        }
    }

    private void OnRecovered(long lastRow)
    {
        if (lastRow != _lastRow)
            throw new InvalidDataException($"the last row is {lastRow}, but it ends behind row {_lastRow}: rows are missing");
        _commands.AddRange(_slices.End(_sequence));
        _intake.Refill.Compact(_intake.FrontTicks);
        _intake.Poison.UnionWith(_attempt.EndRecovery());
        _durableSequence = _sequence;
        _formerFrontTicks = _intake.FrontTicks;
        _durableOffsets = [.. _intake.Marks().Select(mark => mark.ReadOffset)];
        // A new lane has no stored now to hold on to until commands are read.
        if (_intake.NowTicks == long.MinValue)
            _intake.Advance(_lastClockTicks);
        if (AcceptsInputs(Identities()))
            Go(LanePhase.ReadingPosition, new LaneCommand.ReadPosition());
    }

    private void OnTail(OutputTail tail)
    {
        long known = _position?.EmitSeq ?? 0;
        _outputEnds = tail.Ends;
        HashSet<long> visible = [.. tail.Visible];
        long highest = tail.Visible.IsEmpty ? known : Math.Max(known, tail.Visible[^1]);
        long missing = _outbox.Floor - known - visible.Concat(_undeliverable).Count(number => number > known && number <= _outbox.Floor);
        if (!AcceptsPublished(highest))
            return;
        if (visible.Count != tail.Visible.Length)
            Suspect($"lane {_options.Lane} has published an output twice: its outputs are not written by it alone");
        else if (_outbox.Floor > known && missing > 0)
            Suspect($"lane {_options.Lane} has published up to output {known}, its journal begins behind {_outbox.Floor}: {missing} outputs are lost");
        else
            GoOnOrJournal(tail);
    }

    private void Republish(long known, HashSet<long> visible)
    {
        _outbox.Drop(known, visible);
        _phase = LanePhase.Republishing;
        PublishOrSeek();
    }

    private void PublishOrSeek()
    {
        if (_outbox.Count > 0 && !_awaitsRefusals)
            Publish();
        else if (_isLastDurable)
            End(new LaneCommand.Complete(_tally));
        else
            Go(LanePhase.Seeking, new LaneCommand.Seek(_intake.SeekOffsets()));
    }

    private void CountAttempt()
    {
        _phase = LanePhase.Marking;
        _intake.Draft = new BatchDraft(_sequence + 1);
        _attempt.Begin(_sequence + 1);
        Write([new AttemptRow(_sequence + 1, 0, 0, default, Identities(), _rules.Hash)]);
    }

    private void RefillBuffers()
    {
        foreach (InputProgress input in _intake.Inputs)
        {
            while (input.Waiting.TryPeek(out InputRecord record) && record.Offset < input.ReadOffset)
                _intake.Take(input);
        }

        if (_intake.Refill.IsComplete)
        {
            _phase = LanePhase.Running;
            return;
        }

        if (!_isFetching)
            FetchMissing();
    }

    private void FetchMissing()
    {
        ImmutableArray<int> wanted = [.. Enumerable.Range(0, _intake.Inputs.Count).Where(_intake.Refill.Misses)];
        foreach (int number in wanted)
        {
            InputProgress input = _intake.Inputs[number];
            if (input.Waiting.Count > 0 || input.IsAtEnd)
            {
                Halt($"{input.Description.Topic} no longer holds records that lane {_options.Lane} has read and not yet evaluated");
                return;
            }
        }

        Fetch(wanted);
    }

    private ImmutableArray<InputIdentity> Identities() =>
        [.. _descriptions.Select(input => new InputIdentity(input.Topic, input.TopicId, input.Partition, input.Partitions))];

    private static string Describe(ImmutableArray<InputIdentity> inputs) =>
        string.Join(", ", inputs.Select(input => $"{input.Topic}/{input.Partition} ({input.TopicId})"));
}
