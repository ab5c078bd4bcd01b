using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Alerts.Suppression.Bundles;
using AlertEngine.Engine.Alerts.Suppression.Flapping;
using AlertEngine.Engine.Alerts.Suppression.Inhibition;
using AlertEngine.Engine.Alerts.Suppression.Outage;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.Route;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Engine.WorkOrders.Centre;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// All logic of one district, put together: evaluate → alerts → route → work orders → outputs. Pure: its state changes by what it is given,
/// and the same steps give the same outputs however they are cut into batches.
/// </summary>
/// <remarks>The stages do the work; this type only says in which order they see a step.</remarks>
public sealed partial class DistrictKernel : IDistrictKernel
{
    private readonly string _district;
    private readonly KernelOptions _options;
    private readonly EvaluationScope _scope;
    private readonly KeyStore _keys;
    private readonly TimerQueue _timers;
    private readonly EvaluatedMarks _marks;
    private readonly RuleIndex _index;
    private readonly ContextTimeline _timeline;
    private readonly ActivityGate _gate;
    private readonly ContextWatch _watch;
    private readonly DigestClock _digests;
    private readonly CityDigests _cityDigests;
    private readonly CityModel _city;
    private readonly AlertBook _alerts = new();
    private readonly PeopleFronts _fronts;
    private readonly OrderBook _orders;
    private readonly AlertStage _alertStage;
    private readonly ModeSwitchStage _modeSwitches;
    private readonly EscalationStage _escalations;
    private readonly OrderStage _orderStage;
    private readonly CommandBook _commands;
    private readonly CommandStage _commandStage;
    private readonly AdoptionStage _adoptions;
    private readonly RaisedOrders _raised = new();
    private readonly InhibitStage _inhibit;
    private readonly StaleStage _stale;
    private readonly BundleBook _bundles;
    private readonly BundleStage _bundleStage;
    private readonly SilenceStage _silences;
    private readonly SuppressionChain _suppression;
    private readonly DistrictOutputs _outputs;
    private readonly RuleRunner _runner;
    private readonly DistrictCodec _codec;
    private readonly Queue<(Alert Alert, long AtTicks)> _rises = new();
    private readonly long _slowestClassTicks;
    private readonly IKernelObserver? _observer;

    /// <summary>A kernel without any state.</summary>
    /// <param name="district">The district's code.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="index">Their index.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="observer">Watches what it decides; null: nobody.</param>
    public DistrictKernel(string district, RuleSet rules, RuleIndex index, KernelOptions options, IKernelObserver? observer = null)
    {
        _observer = observer;
        _district = district;
        _options = options;
        _slowestClassTicks = index.Classes.IsEmpty ? 0 : (long)index.Classes[^1].TotalTicks;
        _city = rules.City;
        _scope = new EvaluationScope { Modes = rules.City.Modes };
        _fronts = new PeopleFronts(index, options.Clock);
        _orders = new OrderBook(_fronts);
        _commands = new CommandBook(_fronts);
        _keys = new KeyStore(rules.Rules.Length);
        _timers = new TimerQueue(index.Classes);
        _marks = new EvaluatedMarks(index.Classes);
        _index = index;
        _timeline = new ContextTimeline(rules.City);
        _watch = new ContextWatch(_timeline, _slowestClassTicks);
        _digests = new DigestClock(_timeline, rules.City, _slowestClassTicks);
        _cityDigests = new CityDigests(_digests, _slowestClassTicks);
        _gate = new ActivityGate(rules, index, _timeline, _scope);
        var populations = new PopulationKeeper(rules, _keys);
        var loader = new FrameLoader(rules, _scope);
        var lastEvents = new LastEvents(rules, district);
        var children = new ChildBook();
        _outputs = new DistrictOutputs(district, rules, index, _timeline, observer, IsParent, options.CityIndex);
        var setting = new EscalationSetting(rules.City, _timeline.ModeFrom, ticks => _timeline.Look(ticks).Context);
        _escalations = new EscalationStage(_orders, setting, index.RuleOf, _outputs, RaiseAlert);
        _adoptions = new AdoptionStage(_orders, setting, _escalations, _outputs);
        _orderStage = new OrderStage(_orders, _scope, rules.City, _escalations);
        var held = new HeldBook();
        _silences = new SilenceStage(district, _fronts, index.RuleOf);
        _inhibit = new InhibitStage(rules.Inhibitions, _alerts);
        _bundles = new BundleBook(_fronts);
        _commandStage = new CommandStage(_orders, new OrderSelection(_orders, _alerts, _bundles, _scope), _commands, _escalations, RouteWithout, rules.City, _fronts, _outputs, _outputs, SendOn);
        var budget = new FloodBudget();
        var group = new GroupStage(_bundles, _scope, index.RuleOf);
        var flood = new FloodStage(budget, _bundles, index.RuleOf, WasTold, FloodTimesAt);
        _bundleStage = new BundleStage(_bundles, budget, _scope, index.RuleOf, new ToldRelay(_outputs, _orderStage, _orders, new BroadcastRelay(_scope, _outputs), observer));
        var flaps = new FlapBook();
        var flapping = new FlappingStage(flaps);
        _stale = new StaleStage(held, index.RuleOf, WasTold);
        _suppression = new SuppressionChain([_stale, group, _inhibit, _silences, flapping, flood], group, _inhibit, flapping, held, _alerts, WasTold, _scope, _fronts, _bundleStage);
        _alertStage = new AlertStage(district, _alerts, new AlertLabels(rules), flapping, _scope, _suppression);
        _modeSwitches = new ModeSwitchStage(_scope, _timeline, _alertStage);
        _runner = new RuleRunner(rules, index, _keys, populations, _timers, _timeline, _gate, _scope, loader, lastEvents, children, _modeSwitches);
        _codec = new DistrictCodec(
            rules, index, _keys, lastEvents, populations, _timers, _alerts, _orders, new ContextCodec(_timeline, _gate, _watch, _digests), _marks, new CommandCodec(_commands), new SuppressionCodec(_silences, held, flaps, new BundleCodec(_bundles, budget)), new CentreCodec(rules, index, children, _raised, _cityDigests));
        loader.LoadContext(_timeline.At(0));
    }

    /// <inheritdoc />
    public long NextDueFrontTicks => Math.Min(
        Math.Min(_timers.NothingDueBeforeFrontTicks, Math.Min(_gate.NothingDueBeforeFrontTicks, Math.Min(_watch.NothingDueBeforeFrontTicks, NoDigestBeforeFrontTicks))),
        Math.Min(_stale.NextDueFrontTicks, IsEventClock ? NextPeopleFrontTicks : long.MaxValue));

    /// <inheritdoc />
    public long NextDueNowTicks => IsEventClock ? long.MaxValue : Math.Min(NextTimerFrontTicks, Math.Min(_commands.NextFrontTicks, _silences.NextEndFrontTicks));

    private bool IsEventClock => _options.Clock == PeopleClock.Event;

    /// <summary>People's time at an instant of event time.</summary>
    private long PeopleAt(long eventTicks, long nowTicks) => IsEventClock ? _options.Outage?.ReadAt(eventTicks) ?? eventTicks : nowTicks;

    /// <inheritdoc />
    public DistrictResult Evaluate(DistrictBatch batch)
    {
        _outputs.Clear();
        _alertStage.Tally.Reset();
        foreach (ref readonly BatchStep step in batch.Steps.AsSpan())
            Take(step, batch.NowTicks);
        if (batch.Steps.Length != 0)
            _alerts.Forget(ForgottenBefore(batch.Steps[^1].FrontTicks));
        ForgetEnded(IsEventClock && batch.Steps.Length != 0 ? ForgottenBefore(batch.Steps[^1].FrontTicks) : batch.NowTicks);
        ReadOnlyMemory<byte> delta = _codec.EncodeDelta();
        _codec.MarkSaved();
        return new DistrictResult(_district, batch.Sequence, delta, _outputs.Take(), NextDueFrontTicks, NextDueNowTicks, Tally());
    }

    /// <inheritdoc />
    public void Apply(ReadOnlyMemory<byte> delta)
    {
        _codec.Apply(delta);
        _inhibit.Invalidate();
        _stale.Invalidate();
    }

    /// <inheritdoc />
    public StatePart EncodePart(int part, long sequence, int maxBytes) => _codec.EncodePart(part, sequence, maxBytes);

    /// <inheritdoc />
    public void Restore(ReadOnlyMemory<byte> first)
    {
        _codec.Clear();
        Apply(first);
    }

    private void ForgetEnded(long beforeTicks)
    {
        _bundles.Forget(beforeTicks);
        _orders.Forget(beforeTicks, IsAlertKept);
    }

    /// <summary>Whether anybody was told of an alert: by an order of its own, or by that of its group or storm.</summary>
    private bool WasTold(string alertId) => _bundles.FindMember(alertId) is not null || _orders.OfAlert(alertId).Any();

    private void Take(in BatchStep step, long nowTicks)
    {
        if (step.Change is not null)
            TakeChange(step.Change, nowTicks);
        // On the wall clock a command comes before what is due by now: what was acknowledged is not escalated first. On the event clock what
        // the front has passed comes first, however the stream is cut into batches.
        if (step.Command is not null && !IsEventClock)
            TakeCommand(step.Command, nowTicks);
        RunDue(step.FrontTicks, nowTicks);
        if (step.Command is not null && IsEventClock)
            TakeCommand(step.Command, nowTicks);
        if (step.Event is not { } @event || step.Bucket is not { } bucket)
            return;
        _scope.PeopleNowTicks = PeopleAt(@event.TimeTicks, nowTicks);
        _scope.ForgottenBeforeTicks = ForgottenBefore(step.FrontTicks);
        bool isLate = step.Punctuality == Punctuality.Late || (step.Punctuality == Punctuality.Behind && _marks.HasPassed(step.ClassNumber, @event));
        _runner.RunEvent(@event, bucket, step.ClassNumber, isLate);
        _marks.Note(step.ClassNumber, @event);
        Settle();
    }

    /// <summary>
    /// On the event clock a command waits for its instant, except that silences are spans of time and may be known beforehand; on the wall clock
    /// a command counts from when it comes, unless it names a later instant.
    /// </summary>
    private void TakeCommand(DistrictCommand command, long nowTicks)
    {
        if (command is CentreReport report)
        {
            TakeReport(report);
            return;
        }

        long atTicks = IsEventClock ? command.AtTicks : Math.Max(nowTicks, command.EffectiveAtTicks ?? nowTicks);
        if (!_commandStage.Admit(command, atTicks))
            return;
        if (_options.Broadcasts && CityCommands.IsForAll(command))
            _outputs.Broadcast(command, nowTicks);
        if (command is SilenceCommand silence)
            _commandStage.Answer(silence, _silences.Take(silence, atTicks), atTicks);
        else if (command is ContextCommand context)
            Switch(context, atTicks, nowTicks);
        else if (command is AdoptCommand adoption)
            _adoptions.Take(adoption, atTicks);
        else if (command is OrderCommand order)
            Plan(order with { AtTicks = atTicks }, nowTicks);
    }

    private void Plan(OrderCommand command, long nowTicks)
    {
        _commands.Wait(command);
        if (!IsEventClock)
            ObeyUpTo(nowTicks);
    }

    private void ObeyFirst()
    {
        WaitingCommand waiting = _commands.First;
        _scope.PeopleNowTicks = PeopleAt(waiting.Command.AtTicks, waiting.Command.AtTicks);
        _commands.Advance(_commandStage.Take(waiting, _scope.PeopleNowTicks));
        SettleRises();
    }

    private bool LoadAlert(Alert alert, long atTicks) => _runner.LoadAlert(alert.RuleId, alert.Key, alert.EventStatus, alert.Place.District, atTicks);

    private RouteTaken? RouteWithout(WorkOrder order, ImmutableArray<string> units) =>
        LoadAlert(order.Alert, _scope.PeopleNowTicks) ? _orderStage.Routes(order.Alert, units).FirstOrDefault() : null;

    /// <summary>What lies before it is over for every class; nothing is while the lane has no time.</summary>
    private long ForgottenBefore(long frontTicks) => frontTicks < ContextTimeline.EarliestTicks ? long.MinValue : frontTicks - _slowestClassTicks;

    private void Start(long frontTicks)
    {
        // A lane whose inputs have not all brought something has no time yet; a silence counted from there would be endless.
        if (_codec.StartedAtTicks is not null || frontTicks < ContextTimeline.EarliestTicks)
            return;
        _gate.Start(frontTicks);
        _watch.Start(frontTicks);
        _digests.GoOnFrom(frontTicks);
        _codec.Context.IsChanged = true;
        _codec.StartedAtTicks = frontTicks;
        _codec.IsStartChanged = true;
        _runner.StartPopulations(_district, frontTicks);
    }

    private bool IsAlertKept(WorkOrder order) =>
        _alerts.Find(order.Alert.DedupKey)?.Id == order.Alert.Id || _bundles.FindByAlert(order.Alert.Id) is not null;

    /// <summary>
    /// An escalation may raise the severity: the alert keeps that as its floor. What the rise sets off waits until the step is over, because the
    /// step still needs what the scope holds and goes through orders that the rise would revise.
    /// </summary>
    private void RaiseAlert(WorkOrder order)
    {
        Alert? bundle = _bundleStage.Raise(order.Alert);
        if (bundle is not null)
            _rises.Enqueue((bundle, order.RevisedAtTicks));
        if (_alerts.Find(order.Alert.DedupKey) is not { IsFiring: true } alert || alert.Id != order.Alert.Id)
            return;
        if (alert.Severity == order.Alert.Severity && alert.SeverityFloor == order.Alert.SeverityFloor)
            return;
        Alert raised = alert with { Severity = order.Alert.Severity, SeverityFloor = order.Alert.SeverityFloor, Revision = alert.Revision + 1 };
        _alerts.Put(raised);
        _suppression.NoteTold(raised);
        _observer?.OnAlert(new AlertNotice(raised, AlertChange.Updated, order.RevisedAtTicks, alert.Severity));
        _outputs.TakeAlert(raised, AlertChange.Updated, order.RevisedAtTicks, order.Id);
        if (bundle is null)
            _rises.Enqueue((raised, order.RevisedAtTicks));
    }

    /// <summary>What the rises of the step before set off, each at the instant of its own.</summary>
    private void SettleRises()
    {
        long nowTicks = _scope.PeopleNowTicks;
        while (_rises.TryDequeue(out (Alert Alert, long AtTicks) rise))
        {
            Alert? now = _bundles.FindByAlert(rise.Alert.Id)?.Alert ?? _alerts.Find(rise.Alert.DedupKey);
            if (now is not { IsFiring: true } alert || alert.Id != rise.Alert.Id || !LoadAlert(alert, rise.AtTicks))
                continue;
            _scope.PeopleNowTicks = rise.AtTicks;
            _orderStage.Rise(alert);
        }

        _scope.PeopleNowTicks = nowTicks;
    }

    private EvaluationTally Tally()
    {
        AlertTally alerts = _alertStage.Tally;
        return _runner.TakeTally() + new EvaluationTally(0, 0, 0, alerts.Opened, alerts.Cleared, alerts.Merged, alerts.RuleErrors, 0);
    }
}
