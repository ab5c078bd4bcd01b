using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Publish;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Engine.Lanes;

/// <content>What a change of the context does, of the mode, the scenes, the day: rules go on and off, and whoever has to know is told.</content>
public sealed partial class DistrictKernel
{
    /// <summary>The instant is one of event time on both clocks: every event before it is judged by what was, every later one by what is.</summary>
    private void Switch(ContextCommand command, long atTicks, long nowTicks)
    {
        TakeChange(command.Change, nowTicks);
        _commandStage.Answer(command, null, atTicks);
    }

    /// <summary>A step of the watch is due: the context of an instant that all classes have passed.</summary>
    private void TellNext(long nowTicks)
    {
        _codec.Context.IsChanged = true;
        Tell(_watch.Advance(), nowTicks);
    }

    private void Tell(ContextTurn? turn, long nowTicks)
    {
        if (turn is null)
            return;
        _scope.PeopleNowTicks = PeopleAt(turn.AtTicks, nowTicks);
        _outputs.Take(turn);
        if (turn.IsModeSwitched && (ChangesClocks(turn.Now.Mode) || ChangesClocks(turn.Former.Mode)))
            _orderStage.ChangeClocks(alert => LoadAlert(alert, turn.AtTicks));
        SettleRises();
    }

    private bool ChangesClocks(string mode) => _city.Modes.TryGetValue(mode, out CityMode? change) && change.ChangesClocks;

    private int FloodTimesAt(long ticks) => _city.Modes.TryGetValue(_timeline.Look(ticks).Context.Mode, out CityMode? mode) ? mode.FloodTimes : 1;

    /// <summary>A change that some class has passed already takes effect for it now: the past is never evaluated again.</summary>
    private void TakeChange(ContextChange change, long nowTicks)
    {
        _timeline.Add(change);
        _digests.FindNext();
        _codec.Context.IsChanged = true;
        if (change.ConcernsMode)
            _escalations.Reschedule();
        if (!_gate.IsStarted)
            return;
        for (int one = 0; one < _gate.ReachedTicks.Length; one++)
        {
            if (change.EffectiveAtTicks <= _gate.ReachedTicks[one])
                Reach(one, _gate.ReachedTicks[one], _gate.ReachedTicks[one], nowTicks);
        }

        Tell(_watch.Revisit(), nowTicks);
    }

    /// <summary>Takes the changes that alerts called for. Whether there were any: what they set off may come before what is due besides.</summary>
    private bool SettleSwitches()
    {
        bool isAny = false;
        long nowTicks = _scope.PeopleNowTicks;
        while (_modeSwitches.TakeChange() is { } change)
        {
            TakeChange(change, nowTicks);
            isAny = true;
        }

        _scope.PeopleNowTicks = nowTicks;
        return isAny;
    }

    /// <summary>Switches the rules of a class as the context of an instant says: before the events of that instant, after the timers before it.</summary>
    private void Reach(int classNumber, long atTicks, long frontTicks, long nowTicks)
    {
        _codec.Context.IsChanged = true;
        _scope.PeopleNowTicks = PeopleAt(atTicks, nowTicks);
        _scope.ForgottenBeforeTicks = frontTicks - _slowestClassTicks;
        foreach ((int ruleNumber, bool isOn) in _gate.Reach(classNumber, atTicks))
        {
            if (isOn)
                _runner.StartPopulation(ruleNumber, _district, atTicks);
            else
                _runner.Stop(ruleNumber, atTicks);
        }

        Settle();
    }
}
