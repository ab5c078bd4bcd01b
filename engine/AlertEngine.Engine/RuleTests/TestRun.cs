using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Rules.Files.Tests;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Runs one test: its events go through a lane on a virtual clock, and each expectation is judged when the watermark of every class has
/// reached its instant.
/// </summary>
internal sealed class TestRun
{
    private readonly TestFile _file;
    private readonly TestCase _test;
    private readonly ProbedRules _probed;
    private readonly ObservationLog _log = new();
    private readonly List<RuleTestFailure> _failures = [];
    private readonly FailureText _text;
    private readonly FailureHints _hints;
    private readonly TestEventFactory _factory;
    private readonly Duration _districtLateness;
    private readonly Duration _cityLateness;

    public TestRun(TestFile file, TestCase test, ProbedRules probed)
    {
        _file = file;
        _test = test;
        _probed = probed;
        _text = new FailureText(file, test);
        _hints = new FailureHints(file, test, probed.Rules);
        _factory = new TestEventFactory(probed, outlines: null);
        _districtLateness = probed.LatenessesOf(probed.Index).DefaultIfEmpty().Max();
        _cityLateness = probed.LatenessesOf(probed.CityIndex).DefaultIfEmpty().Max();
    }

    public RuleTestResult Run()
    {
        ImmutableArray<ArrivingEvent> events = MakeEvents();
        if (_failures.Count == 0)
        {
            Judge(events);
            _probed.Probe.Count(_log.Notices);
        }

        (int line, int column) = _file.Source.PositionOf(_test.Span.Start);
        return new RuleTestResult(_test.Name, line, column, [.. _failures]);
    }

    private ImmutableArray<ArrivingEvent> MakeEvents()
    {
        var made = ImmutableArray.CreateBuilder<ArrivingEvent>(_test.Events.Length);
        foreach (TestEvent written in _test.Events)
        {
            (ArrivingEvent? @event, string? fault) = _factory.Make(written, _test.Start);
            if (@event is not null)
                made.Add(@event);
            else
                _failures.Add(_text.Refused(written.Span, "events", $"a real event like it would be a dead letter: {fault}"));
            if (_failures.Count != 0)
                break;
        }

        // Events of one arrival keep the order of the file: the sort is stable.
        return [.. made.OrderBy(@event => @event.Arrives)];
    }

    private void Judge(ImmutableArray<ArrivingEvent> events)
    {
        var city = new TestCity(NewLane(_probed.CityIndex, _ => _probed.Rules.City.Code, [_probed.Rules.City.Code], _log), _factory, _log);
        TestLane lane = NewLane(_probed.Index, @event => @event.District, _probed.Rules.Devices.Keys.Select(DistrictOf).Append(""), city);
        ILookup<Duration, TestExpectation> expectations = _test.Expectations.ToLookup(expectation => expectation.At);
        Duration slowest = _districtLateness + _cityLateness;
        int next = 0;
        foreach (Duration clock in ClockStops())
        {
            for (; next < events.Length && events[next].Arrives <= clock; next++)
                Arrive(events[next], lane, city);
            lane.Pass(TicksOf(clock));
            city.Pass(TicksOf(clock - _districtLateness));
            Duration at = clock - slowest;
            if (!expectations.Contains(at))
                continue;
            Observation observed = _log.Judge(TicksOf(at));
            foreach (TestExpectation expectation in expectations[at])
                Compare(expectation, observed);
        }
    }

    private static void Arrive(ArrivingEvent @event, TestLane lane, TestCity city)
    {
        lane.Arrive(@event.Event, @event.Bucket);
        city.Forward(@event);
    }

    /// <summary>
    /// Where the virtual clock stops: at each judged instant plus the lateness of each class, when the watermark of that class reaches it. The city
    /// comes to an instant after all districts have.
    /// </summary>
    private IEnumerable<Duration> ClockStops()
    {
        IEnumerable<Duration> city = _probed.LatenessesOf(_probed.CityIndex).Append(Duration.Zero).Select(lateness => _districtLateness + lateness);
        Duration[] latenesses = [.. _probed.LatenessesOf(_probed.Index).Concat(city).Distinct()];
        return _test.Expectations.SelectMany(expectation => latenesses.Select(lateness => expectation.At + lateness)).Distinct().Order();
    }

    private TestLane NewLane(RuleIndex index, Func<EventRecord, string> districtOf, IEnumerable<string> districts, IKernelObserver observer)
    {
        var options = new KernelOptions(PeopleClock.Event) { Outage = _test.Outage is { } outage ? new Outage(TicksOf(outage.From), TicksOf(outage.Until)) : null };
        return new TestLane(
            index,
            district => new DistrictKernel(district, _probed.Rules, index, options, observer),
            districtOf,
            districts.Distinct().Order(StringComparer.Ordinal),
            [.. _test.Context.Select(change => new ContextChange(TicksOf(change.At), change.Mode, change.Scenes, change.Holiday, change.Workday))],
            TestCommands.Make(_test),
            TicksOf(Duration.Zero));
    }

    private long TicksOf(Duration offset) => (_test.Start + offset).ToUnixTimeTicks();

    private string DistrictOf(string device) =>
        _probed.Rules.DeviceRecord.Find("district") is { } field ? _probed.Rules.Devices[device][field.Slot].AsString ?? "" : "";

    private void Compare(TestExpectation expectation, Observation observed)
    {
        Compare(expectation, "firing", expectation.Firing, observed.Firing);
        Compare(expectation, "resolved", expectation.Resolved, observed.Resolved);
        Compare(expectation, "suppressed", expectation.Suppressed, observed.Suppressed);
        Compare(expectation, "orders", expectation.Orders, observed.Orders);
    }

    private void Compare(TestExpectation expectation, string list, ImmutableArray<ExpectedItem>? expected, ImmutableArray<ObservedItem> observed)
    {
        if (expected is not { } items)
            return;
        ImmutableArray<MismatchedPair> mismatches = ExpectationMatch.Mismatches(items, observed);
        if (!mismatches.IsEmpty)
            _failures.Add(_text.Mismatch(expectation, list, mismatches) with { Hints = _hints.Of(expectation.At, items, _log.Replies) });
    }
}
