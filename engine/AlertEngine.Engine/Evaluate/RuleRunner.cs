using System.Collections.Immutable;
using System.Numerics;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>Takes what the detectors of a district find, with the scope still holding what it was found in.</summary>
internal interface IDetectionTarget
{
    void Take(in Detected detected);

    /// <summary>An event of the key in the scope has been evaluated, whether it changed anything or not.</summary>
    void NoteEvaluation();

    /// <summary>The incidents that the key in the scope keeps firing.</summary>
    ImmutableArray<string> FiringInstances();
}

/// <summary>
/// Runs the detectors of a district: gates, keys, states and timers, for one event or one due timer at a time. What they find goes to the target.
/// Owned by one district; not thread-safe.
/// </summary>
internal sealed class RuleRunner(
    RuleSet rules, RuleIndex index, KeyStore store, PopulationKeeper populations, TimerQueue timers, ContextTimeline timeline, ActivityGate gate, EvaluationScope scope, FrameLoader loader, LastEvents lastEvents, ChildBook children, IDetectionTarget target) : IDetectionSink
{
    private long _evaluated;
    private long _hits;
    private long _late;
    private long _ruleErrors;
    private long _overflows;

    /// <summary>What was counted since the last call.</summary>
    public EvaluationTally TakeTally()
    {
        var tally = new EvaluationTally(_evaluated, _hits, _late, 0, 0, 0, _ruleErrors, _overflows);
        _evaluated = _hits = _late = _ruleErrors = _overflows = 0;
        return tally;
    }

    /// <inheritdoc />
    public void Take(in Detected detected) => target.Take(detected);

    /// <inheritdoc />
    public void CountOverflow() => _overflows++;

    /// <inheritdoc />
    public void CountError() => _ruleErrors++;

    /// <inheritdoc />
    public void Touch(KeyState other) => Settle(other, rules.Rules[other.RuleNumber]);

    /// <summary>Evaluates an event against the candidates of its lateness class.</summary>
    public void RunEvent(EventRecord @event, RuleBucket bucket, int classNumber, bool isLate)
    {
        _evaluated++;
        _late += isLate ? 1 : 0;
        scope.Event = @event;
        scope.Status = @event.Status;
        scope.IsLate = isLate;
        loader.LoadContext(timeline.At(@event.TimeTicks));
        loader.LoadEvent(@event.Slots);
        foreach (ref readonly RuleCandidate candidate in bucket.Candidates.AsSpan())
        {
            if (candidate.ClassNumber == classNumber)
                RunCandidate(candidate, @event, isLate);
        }

        scope.Event = null;
    }

    /// <summary>Lets a due timer fire.</summary>
    public void RunTimer(KeyState state)
    {
        CompiledRule rule = rules.Rules[state.RuleNumber];
        LoadKey(state, state.DueTicks);
        rule.Detector.OnTimer(state, state.DueTicks, scope.Frame, this);
        Settle(state, rule);
    }

    /// <summary>Begins the rules that watch a population: members count from here, whether they ever sent anything or not.</summary>
    /// <param name="district">The district's code.</param>
    /// <param name="atTicks">The start, in event time.</param>
    public void StartPopulations(string district, long atTicks)
    {
        for (int ruleNumber = 0; ruleNumber < rules.Rules.Length; ruleNumber++)
        {
            if (gate.IsOn(ruleNumber))
                StartPopulation(ruleNumber, district, atTicks);
        }
    }

    /// <summary>Begins a rule that watches a population; others have nothing to begin with.</summary>
    public void StartPopulation(int ruleNumber, string district, long atTicks)
    {
        if (!index.Evaluates(ruleNumber))
            return;
        loader.LoadContext(timeline.At(atTicks));
        foreach (string member in populations.Members(ruleNumber, district, scope.Frame))
        {
            CompiledRule rule = rules.Rules[ruleNumber];
            KeyState state = store.Find(ruleNumber, member) ?? AddState(ruleNumber, rule, member);
            LoadKey(state, atTicks);
            rule.Detector.Population!.Enter(state, atTicks, scope.Frame, this);
            Settle(state, rule);
        }
    }

    /// <summary>Stops a rule that was switched off: what is pending is dropped, and what fires clears.</summary>
    public void Stop(int ruleNumber, long atTicks)
    {
        CompiledRule rule = rules.Rules[ruleNumber];
        foreach (KeyState state in store.OfRule(ruleNumber).OrderBy(state => state.Key, StringComparer.Ordinal).ToArray())
        {
            LoadKey(state, atTicks);
            foreach (string instance in target.FiringInstances())
                target.Take(new Detected(DetectedKind.Cleared, atTicks, instance, null, null, ClearReason.Inactive));
            timers.Cancel(state, index.ClassOf(ruleNumber));
            store.MarkChanged(state);
            store.Remove(state);
            children.Forget(ruleNumber, state.Key);
        }
    }

    /// <summary>
    /// Places what is known of an alert now, outside of any step: its rule and the last event of its key. A key without a state has only its
    /// device, district and the instant. False where the rule is gone.
    /// </summary>
    public bool LoadAlert(string ruleId, string key, EventStatus status, string district, long atTicks)
    {
        int ruleNumber = index.NumberOf(ruleId);
        if (ruleNumber < 0)
            return false;
        string kept = DrillKey.Mark(key, status);
        CelValue[]? slots = store.Find(ruleNumber, kept) is { } state ? lastEvents.SlotsOf(state) : null;
        if (slots is null)
        {
            slots = loader.InstantSlots(key, atTicks);
            slots[EventSlots.District] = CelValue.Of(district);
        }

        LoadKey(ruleNumber, kept, slots, atTicks);
        return true;
    }

    private void LoadKey(KeyState state, long atTicks) =>
        LoadKey(state.RuleNumber, state.Key, lastEvents.SlotsOf(state) ?? loader.InstantSlots(DrillKey.Unmark(state.Key), atTicks), atTicks);

    private void LoadKey(int ruleNumber, string key, CelValue[] slots, long atTicks)
    {
        CompiledRule rule = rules.Rules[ruleNumber];
        loader.LoadContext(timeline.At(atTicks));
        scope.Event = null;
        scope.IsLate = false;
        scope.Key = DrillKey.Unmark(key);
        scope.Status = DrillKey.StatusOf(key);
        loader.LoadEvent(slots);
        RuleVariant variant = rule.VariantFor(slots[EventSlots.District].AsString ?? "", slots[EventSlots.Device].AsString ?? "", atTicks);
        loader.LoadRule(ruleNumber, rule, variant);
        scope.Children = children.All.Count == 0 ? [] : children.Of(ruleNumber, key, atTicks, rule.Detector.ReachTicks(scope.Frame));
    }

    private void RunCandidate(in RuleCandidate candidate, EventRecord @event, bool isLate)
    {
        CompiledRule rule = rules.Rules[candidate.RuleNumber];
        uint sources = candidate.NeedsCheck ? CheckSources(rule, candidate.Sources, @event) : candidate.Sources;
        if (sources == 0 || isLate && rule.Late == LatePolicy.Drop)
            return;
        if (rule.Active is not null && !gate.TakesEventOf(candidate.RuleNumber, candidate.ClassNumber, @event.TimeTicks))
            return;
        RuleVariant variant = rule.VariantFor(@event.District, @event.Device, @event.TimeTicks);
        if (variant.Stage is not (RuleStage.Live or RuleStage.Shadow))
            return;
        loader.LoadRule(candidate.RuleNumber, rule, variant);
        if (!PassesGates(rule, variant))
            return;
        EventInterest interest = rule.Detector.InterestIn(sources, scope.Frame, this);
        // What flaps is told by the events that change nothing, too.
        if (interest == EventInterest.None && rule.Flapping is null)
            return;
        if (interest == EventInterest.Begins)
            _hits++;
        RunKeys(candidate.RuleNumber, rule, sources, @event, interest);
    }

    private bool PassesGates(CompiledRule rule, RuleVariant variant)
    {
        if (rule.Where is { } where && !where.IsTrue(scope.Frame))
        {
            if (!where.IsFalse(scope.Frame))
                _ruleErrors++;
            return false;
        }

        foreach (ExceptionPlan exception in variant.Exceptions)
        {
            if (exception.Rows.Contains(RowOf(exception)))
                return false;
        }

        return true;
    }

    private string RowOf(ExceptionPlan exception) =>
        string.Join(ExceptionPlan.RowSeparator, exception.Fields.Select(field => CelFormat.Text(field(scope.Frame))));

    private void RunKeys(int ruleNumber, CompiledRule rule, uint sources, EventRecord @event, EventInterest interest)
    {
        // Sources with the same key are handed over together: one event may complete a run of its key and start the next.
        while (sources != 0)
        {
            int first = BitOperations.TrailingZeroCount(sources);
            string? key = KeyReader.Read(rule, first, @event, scope.Frame);
            uint same = 1u << first;
            for (uint rest = sources & ~same; rest != 0; rest &= rest - 1)
            {
                int other = BitOperations.TrailingZeroCount(rest);
                if (KeyReader.Read(rule, other, @event, scope.Frame) == key)
                    same |= 1u << other;
            }

            sources &= ~same;
            if (key is null)
                _ruleErrors++;
            else
                Step(ruleNumber, rule, key, same, @event, interest);
        }
    }

    private void Step(int ruleNumber, CompiledRule rule, string key, uint sources, EventRecord @event, EventInterest interest)
    {
        string kept = @event.Status == EventStatus.Actual ? key : DrillKey.Mark(key, @event.Status);
        KeyState? state = store.Find(ruleNumber, kept);
        if (state is null && interest == EventInterest.Begins)
            state = AddState(ruleNumber, rule, kept);
        scope.Key = key;
        if (state is not null && interest != EventInterest.None)
        {
            state.LastEvent = @event.Slots;
            scope.Children = @event.Type == AlertEvent.Type ? NoteChild(ruleNumber, rule, kept, @event, interest) : [];
            rule.Detector.OnEvent(state, sources, @event, scope.Frame, this);
            Settle(state, rule);
        }

        if (rule.Flapping is not null)
            target.NoteEvaluation();
    }

    /// <summary>What a condition refused counts for nothing; a step of a sequence that waits may be any of its sources.</summary>
    private ImmutableArray<ChildAlert> NoteChild(int ruleNumber, CompiledRule rule, string key, EventRecord @event, EventInterest interest) =>
        interest == EventInterest.Begins || rule.Detector.SourceCount > 1 ? children.Note(ruleNumber, key, @event, rule.Detector.ReachTicks(scope.Frame)) : [];

    private KeyState AddState(int ruleNumber, CompiledRule rule, string key)
    {
        KeyState state = rule.Detector.NewState();
        store.Add(ruleNumber, key, state);
        populations.Join(ruleNumber, rule, state);
        return state;
    }

    /// <summary>After a step: the timer follows the state, and a state with nothing in it is forgotten.</summary>
    private void Settle(KeyState state, CompiledRule rule)
    {
        store.MarkChanged(state);
        int classNumber = index.ClassOf(state.RuleNumber);
        if (state.IsEmpty)
        {
            timers.Cancel(state, classNumber);
            store.Remove(state);
            children.Forget(state.RuleNumber, state.Key);
            return;
        }

        timers.Schedule(state, classNumber);
    }

    private static uint CheckSources(CompiledRule rule, uint sources, EventRecord @event)
    {
        uint passed = 0;
        for (uint rest = sources; rest != 0; rest &= rest - 1)
        {
            int source = BitOperations.TrailingZeroCount(rest);
            if (rule.Sources[source].Admits(@event))
                passed |= 1u << source;
        }

        return passed;
    }
}
