using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.Alerts.Suppression.Outage;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <content>What happens because time goes on, detectors and people alike, in the order of the fronts that it waited for.</content>
public sealed partial class DistrictKernel
{
    /// <summary>What comes before the events of its instant, in the order in which one instant sees it (RULES §10).</summary>
    private enum Turn
    {
        None = 0,
        Context,
        Telling,
        Digest,
        Command,
        EndOfSilence,
        UpToDate,
    }

    /// <summary>The front beyond which a bundle speaks or an order escalates.</summary>
    private long NextTimerFrontTicks => Math.Min(_bundles.NextDueFrontTicks, _orders.NextDueFrontTicks);

    /// <summary>A front up to which nothing is due on people's time: timers come after the events of their instant, the others before them.</summary>
    private long NextPeopleFrontTicks =>
        Math.Min(NextTimerFrontTicks, Math.Min(_commands.NextFrontTicks, _silences.NextEndFrontTicks) - 1);

    /// <summary>Lets everything happen that the front has passed.</summary>
    private void RunDue(long frontTicks, long nowTicks)
    {
        Start(frontTicks);
        for (bool isMore = true; isMore;)
        {
            Turn turn = NextTurn(frontTicks, out long turnFrontTicks);
            isMore = !RunTimers(turn == Turn.None ? frontTicks : turnFrontTicks, nowTicks);
            if (isMore || turn == Turn.None)
                continue;
            Take(turn, turnFrontTicks, nowTicks);
            isMore = true;
        }

        NoteFront(frontTicks, nowTicks);
        if (!IsEventClock)
            RunPeople(nowTicks);
    }

    private Turn NextTurn(long frontTicks, out long turnFrontTicks)
    {
        turnFrontTicks = _gate.NextDue() is { ClassNumber: >= 0 } due ? due.FrontTicks : long.MaxValue;
        Turn turn = Turn.Context;
        if (_watch.NextFrontTicks < turnFrontTicks)
            (turn, turnFrontTicks) = (Turn.Telling, _watch.NextFrontTicks);
        if (NextDigestFrontTicks < turnFrontTicks)
            (turn, turnFrontTicks) = (Turn.Digest, NextDigestFrontTicks);
        if (IsEventClock && _commands.NextFrontTicks < turnFrontTicks)
            (turn, turnFrontTicks) = (Turn.Command, _commands.NextFrontTicks);
        if (IsEventClock && _silences.NextEndFrontTicks < turnFrontTicks)
            (turn, turnFrontTicks) = (Turn.EndOfSilence, _silences.NextEndFrontTicks);
        if (IsEventClock && _stale.NextDueFrontTicks < turnFrontTicks)
            (turn, turnFrontTicks) = (Turn.UpToDate, _stale.NextDueFrontTicks);
        return turnFrontTicks <= frontTicks ? turn : Turn.None;
    }

    private void Take(Turn turn, long frontTicks, long nowTicks)
    {
        _scope.ForgottenBeforeTicks = frontTicks - _slowestClassTicks;
        NoteFront(frontTicks, nowTicks);
        switch (turn)
        {
            case Turn.Context:
                (int classNumber, long atTicks, _) = _gate.NextDue();
                Reach(classNumber, atTicks, frontTicks, nowTicks);
                break;
            case Turn.Telling:
                TellNext(nowTicks);
                break;
            case Turn.Digest:
                TellDigest();
                break;
            case Turn.Command:
                ObeyFirst();
                break;
            case Turn.UpToDate:
                EndStale(PeopleAt(frontTicks, nowTicks));
                break;
            default:
                EndFirstSilence(null);
                break;
        }
    }

    /// <summary>What is due on the wall clock: each is done at the batch's <c>now</c>, however long it has been due.</summary>
    private void RunPeople(long nowTicks)
    {
        ObeyUpTo(nowTicks);
        EndStale(nowTicks);
        while (_silences.NextEndFrontTicks <= nowTicks)
            EndFirstSilence(nowTicks);
        RunPeopleTimers(nowTicks + 1, nowTicks);
    }

    /// <summary>Tells how far behind people's time that is which happens now: a timer may be long overdue when one event passes it.</summary>
    private void NoteFront(long frontTicks, long nowTicks) => _stale.Advance(frontTicks, PeopleAt(frontTicks, nowTicks));

    /// <summary>What waited while the lane was behind and is not stale any more.</summary>
    private void EndStale(long peopleTicks)
    {
        foreach (string ruleId in _stale.TakeCurrent())
            _suppression.End(StaleStage.Word, ruleId);
        _scope.PeopleNowTicks = peopleTicks;
        Settle();
    }

    private void ObeyUpTo(long nowTicks)
    {
        while (_commands.NextFrontTicks <= nowTicks)
            ObeyFirst();
    }

    /// <summary>With the end of a silence, what it held back and is still so goes out.</summary>
    private void EndFirstSilence(long? nowTicks)
    {
        (Silence silence, int classNumber) = _silences.EndFirst();
        _scope.PeopleNowTicks = nowTicks ?? PeopleAt(silence.UntilTicks, 0);
        _suppression.Release(SilenceStage.Word, silence.Id, classNumber, _scope.PeopleNowTicks, LoadAlert);
        SettleRises();
    }

    /// <summary>
    /// Detectors' timers that the front has passed; people's timers whose front comes before that of one fire before it. False where one of them
    /// switched the mode, which may be due before the rest of them.
    /// </summary>
    private bool RunTimers(long frontTicks, long nowTicks)
    {
        while (_timers.PopDue(frontTicks, out long stateFrontTicks) is { } state)
        {
            RunPeopleTimersOnEventClock(stateFrontTicks);
            (int classNumber, long dueTicks) = (_index.ClassOf(state.RuleNumber), state.DueTicks);
            _scope.PeopleNowTicks = PeopleAt(dueTicks, nowTicks);
            _scope.ForgottenBeforeTicks = stateFrontTicks - _slowestClassTicks;
            NoteFront(stateFrontTicks, nowTicks);
            _runner.RunTimer(state);
            _marks.Note(classNumber, dueTicks);
            if (Settle())
                return false;
        }

        RunPeopleTimersOnEventClock(frontTicks);
        return true;
    }

    /// <summary>What a step has set free goes on after it, at the same instant. Whether it switched the mode.</summary>
    private bool Settle()
    {
        SettleRises();
        _suppression.Settle(_scope.PeopleNowTicks, LoadAlert);
        SettleRises();
        return SettleSwitches();
    }

    private void RunPeopleTimersOnEventClock(long frontTicks)
    {
        if (IsEventClock)
            RunPeopleTimers(frontTicks, null);
    }

    /// <summary>Ends of waits and escalations that the front has passed; at one front an order says what it knows before it escalates.</summary>
    private void RunPeopleTimers(long frontTicks, long? nowTicks)
    {
        while (NextTimerFrontTicks < frontTicks)
        {
            if (_bundles.NextDueFrontTicks <= _orders.NextDueFrontTicks)
                EndFirstWait(nowTicks);
            else
                Escalate(Math.Min(_bundles.NextDueFrontTicks, frontTicks), nowTicks);
        }
    }

    private void EndFirstWait(long? nowTicks)
    {
        Bundle bundle = _bundles.FirstDue;
        _scope.PeopleNowTicks = nowTicks ?? PeopleAt(bundle.DueTicks!.Value, 0);
        _suppression.EndWait(bundle, _scope.PeopleNowTicks, LoadAlert);
        SettleRises();
    }

    private void Escalate(long frontTicks, long? nowTicks)
    {
        _scope.PeopleNowTicks = nowTicks ?? _scope.PeopleNowTicks;
        _escalations.Escalate(frontTicks, dueTicks => nowTicks ?? PeopleAt(dueTicks, 0));
        SettleRises();
    }
}
