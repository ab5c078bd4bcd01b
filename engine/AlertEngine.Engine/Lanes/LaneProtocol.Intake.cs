using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <content>Reading: what is fetched, and when records are taken into the batch.</content>
public sealed partial class LaneProtocol
{
    private bool _isFetching;
    private bool _isTaking;
    private bool _isAsking;
    private bool _awaitsStore;
    private bool _areCommandsRead;
    private long _lastClockTicks = long.MinValue;

    private void OnFetched(LaneInput.RecordsFetched fetched)
    {
        _isFetching = false;
        _intake.Accept(fetched.Fetch, _areCommandsRead ? fetched.NowTicks : long.MinValue);
        AdvanceClock(fetched.NowTicks);
    }

    /// <summary>
    /// Until commands and feedback are read to their ends, <c>now</c> stays at what the journal says: an order that was acknowledged while the
    /// lane was down must not be escalated first.
    /// </summary>
    private void AdvanceClock(long nowTicks)
    {
        _lastClockTicks = Math.Max(_lastClockTicks, nowTicks);
        _areCommandsRead |= _phase == LanePhase.Running && _intake.Inputs.All(input => !input.IsPeoples || (input.IsAtEnd && input.Waiting.Count == 0));
        if (_areCommandsRead)
            _intake.Advance(_lastClockTicks);
    }

    private void FetchMore()
    {
        if (_isFetching || _isStopping || _isLastClosed)
            return;
        ImmutableArray<int> wanted = _options.IsReplay ? WantedInReplay() : WantedLive();
        if (!wanted.IsEmpty)
            Fetch(wanted);
    }

    private void Fetch(ImmutableArray<int> wanted)
    {
        _isFetching = true;
        _commands.Add(new LaneCommand.Fetch(_options.BatchRecords, wanted));
    }

    private ImmutableArray<int> WantedInReplay()
    {
        InputProgress? next = _intake.Next();
        bool isWanted = next is { IsAtEnd: false } && next.Waiting.Count < _options.BatchRecords && _outbox.Count <= _options.BacklogOutputs;
        return isWanted ? [IndexOf(next!)] : [];
    }

    private ImmutableArray<int> WantedLive()
    {
        if (_intake.Inputs.Sum(input => input.Waiting.Count) >= _options.BatchRecords)
            return [];
        bool isBackedUp = _outbox.Count > _options.BacklogOutputs || !_areCommandsRead;
        bool isFull = _intake.BufferedEvents > _options.BufferedEvents;
        // Idle inputs do not hold the front back: waiting for one of them would wait for ever.
        long lowest = _intake.HeldBackAtTicks ?? long.MaxValue;
        return
        [
            .. Enumerable.Range(0, _intake.Inputs.Count).Where(number =>
                _intake.Inputs[number].IsPeoples || (!isBackedUp && (!isFull || (_intake.FrontOf(_intake.Inputs[number]) ?? long.MinValue) <= lowest))),
        ];
    }

    private int IndexOf(InputProgress input)
    {
        int number = 0;
        while (!ReferenceEquals(_intake.Inputs[number], input))
            number++;
        return number;
    }

    private void OnNextTaken()
    {
        _isTaking = false;
        if (_phase != LanePhase.Running)
            return;
        for (int left = _options.SliceRecords; left > 0 && MayTake; left--)
        {
            if (!TakeOne())
                break;
        }

        if (_intake.AwaitsAnswer)
            Ask();
    }

    private bool MayTake =>
        !_isAsking && !_isLastClosed && !_isMarkingPart && _partInEvaluation == 0 && _intake.Draft.Records < _attempt.PartEnd;

    private bool TakeOne()
    {
        if (_intake.Next() is not { } next)
            return false;
        if (next.Waiting.Count > 0)
            _intake.Take(next);
        else if (next.IsAtEnd)
            _intake.Drain(next);
        else
            return false;
        return true;
    }

    /// <summary>Whether a finite lane has nothing more to take.</summary>
    private bool IsDrained => _options.IsReplay && _intake.Next() is null && !_intake.AwaitsAnswer;

    private void GoOnTaking()
    {
        if (_isTaking || _isStopping || !MayTake || _intake.Next() is not { } next || (next.Waiting.Count == 0 && !next.IsAtEnd))
            return;
        _isTaking = true;
        _commands.Add(new LaneCommand.TakeNext());
    }

    private void Ask()
    {
        _awaitsStore = false;
        _isAsking = true;
        ImmutableArray<DedupQuestion> questions = _intake.Questions;
        if (questions.IsEmpty)
            OnDedupAnswered([]);
        else
            _commands.Add(new LaneCommand.AskDedup(questions));
    }

    private void OnDedupAnswered(ImmutableArray<DedupAnswer> answers)
    {
        if (_options.PausesWithoutDedup && answers.Contains(DedupAnswer.Unavailable))
        {
            // Asked again at the next tick; until then nothing is taken.
            _awaitsStore = true;
            return;
        }

        _isAsking = false;
        _intake.Answer(answers);
    }
}
