using System.Collections.Immutable;
using System.Numerics;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// A lane of one test: puts events in order by lateness class and hands them to the production kernel of their district, on a virtual clock.
/// The front is the highest event time so far, as in a lane; where an instant is judged, the virtual clock takes it there.
/// </summary>
/// <remarks>
/// What a test judges has happened: an event that comes later than the instant it belongs before is late, whatever its lateness.
/// </remarks>
internal sealed class TestLane
{
    private readonly long[] _latenessTicks;
    private readonly ReorderBuffer _buffer = new();
    private readonly Dictionary<string, TestDistrict> _districts = new(StringComparer.Ordinal);
    private readonly HashSet<(string Source, string Id)> _seen = [];
    private readonly Func<string, IDistrictKernel> _kernelOf;
    private readonly Func<EventRecord, string> _districtOf;
    private readonly ImmutableArray<ContextChange> _changes;
    private readonly ImmutableArray<DistrictCommand> _commands;
    private long _frontTicks;
    private long _passedTicks = long.MinValue;
    private long _taken;

    /// <summary>A lane that begins at an instant, with the districts whose devices are watched from the start.</summary>
    public TestLane(RuleIndex index, Func<string, IDistrictKernel> kernelOf, Func<EventRecord, string> districtOf, IEnumerable<string> districts, ImmutableArray<ContextChange> changes, ImmutableArray<DistrictCommand> commands, long startTicks)
    {
        _kernelOf = kernelOf;
        _districtOf = districtOf;
        _changes = changes;
        _commands = commands;
        _latenessTicks = [.. index.Classes.Select(lateness => (long)lateness.TotalTicks)];
        _frontTicks = startTicks;
        foreach (string district in districts)
            District(district);
    }

    /// <summary>Takes an event that arrives now. The same source and id a second time is a duplicate, as in a lane, and changes nothing.</summary>
    public void Arrive(EventRecord @event, RuleBucket bucket)
    {
        if (!_seen.Add((@event.Source, @event.Id)))
            return;
        RaiseTo(@event.TimeTicks);
        TestDistrict district = District(_districtOf(@event));
        Coordinate at = new(0, _taken++);
        for (uint classes = bucket.Classes; classes != 0; classes &= classes - 1)
            Place(district, new WaitingEvent(at, @event, bucket, BitOperations.TrailingZeroCount(classes)));
    }

    /// <summary>
    /// The virtual clock has come to an instant: the watermark of each class passes what lies its lateness before, so that all events and timers
    /// up to and including that have happened.
    /// </summary>
    public void Pass(long clockTicks)
    {
        RaiseTo(clockTicks + 1);
        _passedTicks = _frontTicks;
        foreach (TestDistrict district in _districts.Values)
            district.Pass(_frontTicks);
    }

    private void Place(TestDistrict district, in WaitingEvent waiting)
    {
        long lateness = _latenessTicks[waiting.ClassNumber];
        if (_buffer.Place(waiting, lateness, _frontTicks) is not { } punctuality)
            return;
        if (waiting.Event.TimeTicks + lateness < _passedTicks)
            punctuality = Punctuality.Late;
        district.Add(new BatchStep(_frontTicks, waiting.Event, waiting.Bucket, waiting.ClassNumber, punctuality));
    }

    private void RaiseTo(long frontTicks)
    {
        if (frontTicks <= _frontTicks)
            return;
        _frontTicks = frontTicks;
        Release();
    }

    private void Release()
    {
        while (_buffer.TryRelease(_frontTicks, out WaitingEvent released, out long releaseTicks))
            District(_districtOf(released.Event)).Add(new BatchStep(releaseTicks, released.Event, released.Bucket, released.ClassNumber));
    }

    private TestDistrict District(string code)
    {
        if (_districts.TryGetValue(code, out TestDistrict? district))
            return district;
        _districts[code] = district = new TestDistrict(code, _kernelOf(code));

        // Changes of context and commands are known beforehand, each with its instant. The first step starts the rules of the district: members of a
        // population count from the start of the test.
        foreach (ContextChange change in _changes)
            district.Add(new BatchStep(_frontTicks, null, null, 0, Change: change));
        foreach (DistrictCommand command in _commands)
            district.Add(new BatchStep(_frontTicks, null, null, 0, Command: command));
        district.Add(new BatchStep(_frontTicks, null, null, 0));
        return district;
    }
}
