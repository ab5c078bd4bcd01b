using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The gate <c>active</c> of rules: whether a rule is on at an instant, and when that may change. Each lateness class comes to a change of
/// context with its own watermark, before the events of that instant and after the timers before it. Owned by one district; not thread-safe.
/// </summary>
internal sealed class ActivityGate
{
    private readonly RuleSet _rules;
    private readonly ContextTimeline _timeline;
    private readonly EvaluationScope _scope;
    private readonly ImmutableArray<int> _gated;
    private readonly ImmutableArray<ImmutableArray<int>> _gatedOfClass;
    private readonly long[] _latenessTicks;
    private readonly long[] _reachedTicks;
    private readonly bool[] _isOn;

    public ActivityGate(RuleSet rules, RuleIndex index, ContextTimeline timeline, EvaluationScope scope)
    {
        _rules = rules;
        _timeline = timeline;
        _scope = scope;
        _gated = [.. Enumerable.Range(0, rules.Rules.Length).Where(number => rules.Rules[number].Active is not null)];
        _gatedOfClass = [.. Enumerable.Range(0, index.Classes.Length).Select(one => _gated.Where(number => index.ClassOf(number) == one).ToImmutableArray())];
        _latenessTicks = [.. index.Classes.Select(lateness => (long)lateness.TotalTicks)];
        _reachedTicks = new long[index.Classes.Length];
        _isOn = [.. rules.Rules.Select(rule => rule.Active is null)];
    }

    /// <summary>Whether it has begun.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Up to which instant each class has come.</summary>
    public ReadOnlySpan<long> ReachedTicks => _reachedTicks;

    /// <summary>A front beyond which a change of context is due; <see cref="long.MaxValue"/> where no rule has a gate.</summary>
    public long NothingDueBeforeFrontTicks => NextDue() is { ClassNumber: >= 0 } due ? due.FrontTicks - 1 : long.MaxValue;

    /// <summary>Begins at an instant: rules are on or off as the context of that instant says.</summary>
    public void Start(long atTicks)
    {
        IsStarted = true;
        Array.Fill(_reachedTicks, atTicks);
        foreach (int number in _gated)
            _isOn[number] = IsOnAt(number, atTicks);
    }

    /// <summary>Goes on from where another kernel was.</summary>
    public void Restore(ReadOnlySpan<long> reachedTicks)
    {
        IsStarted = true;
        for (int one = 0; one < _reachedTicks.Length; one++)
        {
            _reachedTicks[one] = one < reachedTicks.Length ? reachedTicks[one] : reachedTicks[^1];
            foreach (int number in _gatedOfClass[one])
                _isOn[number] = IsOnAt(number, _reachedTicks[one]);
        }
    }

    /// <summary>Whether a rule takes an event: as its class stands, or, where that has gone on, as it was at the event's own time.</summary>
    public bool TakesEventOf(int ruleNumber, int classNumber, long ticks) =>
        IsStarted && ticks >= _reachedTicks[classNumber] ? _isOn[ruleNumber] : IsOnAt(ruleNumber, ticks);

    /// <summary>Whether a rule was switched on when its class came to its present instant.</summary>
    public bool IsOn(int ruleNumber) => _isOn[ruleNumber];

    /// <summary>Whether a rule takes events of an instant. A gate that meets an error is not open.</summary>
    public bool IsOnAt(int ruleNumber, long ticks)
    {
        if (_rules.Rules[ruleNumber].Active is not { } active)
            return true;
        CelValue[][] records = _scope.Frame.Records;
        (CelValue[] context, CelValue[] parameters) = (records[FrameRecords.Context], records[FrameRecords.Params]);
        records[FrameRecords.Context] = _timeline.At(ticks).Slots;
        records[FrameRecords.Params] = _rules.Rules[ruleNumber].Base.Params;
        bool isOn = active.IsTrue(_scope.Frame);
        (records[FrameRecords.Context], records[FrameRecords.Params]) = (context, parameters);
        return isOn;
    }

    /// <summary>The first change of context that some class comes to, and the front at which it does; class -1 where no rule has a gate.</summary>
    public (int ClassNumber, long AtTicks, long FrontTicks) NextDue()
    {
        (int ClassNumber, long AtTicks, long FrontTicks) first = (-1, 0, long.MaxValue);
        if (_gated.IsEmpty || !IsStarted)
            return first;
        for (int one = 0; one < _gatedOfClass.Length; one++)
        {
            if (_gatedOfClass[one].IsEmpty)
                continue;
            long atTicks = _timeline.NextChangeAfter(_reachedTicks[one]);
            if (atTicks + _latenessTicks[one] < first.FrontTicks)
                first = (one, atTicks, atTicks + _latenessTicks[one]);
        }

        return first;
    }

    /// <summary>Takes a class to an instant; the rules that are switched by it, with whether they are on now.</summary>
    public ImmutableArray<(int RuleNumber, bool IsOn)> Reach(int classNumber, long atTicks)
    {
        _reachedTicks[classNumber] = atTicks;
        var switched = ImmutableArray.CreateBuilder<(int, bool)>();
        foreach (int number in _gatedOfClass[classNumber])
        {
            bool isOn = IsOnAt(number, atTicks);
            if (isOn != _isOn[number])
                switched.Add((number, isOn));
            _isOn[number] = isOn;
        }

        return switched.ToImmutable();
    }
}
