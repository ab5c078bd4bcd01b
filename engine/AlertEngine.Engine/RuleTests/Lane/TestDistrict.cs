using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>One district of a test: its kernel, the steps that wait for it, and how far each lateness class has been evaluated.</summary>
internal sealed class TestDistrict
{
    private readonly string _code;
    private readonly IDistrictKernel _kernel;
    private readonly long[] _latenessTicks;
    private readonly EventRecord?[] _lastReleased;
    private readonly ImmutableArray<BatchStep>.Builder _steps = ImmutableArray.CreateBuilder<BatchStep>();
    private long _sequence;
    private long _frontTicks = long.MinValue;
    private long _passedTicks = long.MinValue;

    public TestDistrict(string code, IDistrictKernel kernel, long[] latenessTicks)
    {
        _code = code;
        _kernel = kernel;
        _latenessTicks = latenessTicks;
        _lastReleased = new EventRecord?[latenessTicks.Length];
    }

    /// <summary>Adds a step. The fronts of a district never fall: a straggler that took a free place has an older one.</summary>
    public void Add(in BatchStep step)
    {
        _frontTicks = Math.Max(_frontTicks, step.FrontTicks);
        _steps.Add(step with { FrontTicks = _frontTicks });
    }

    /// <summary>Takes time up to a front that an instant is judged at: what comes before is the past.</summary>
    public void Pass(long frontTicks)
    {
        Add(new BatchStep(frontTicks, null, null, 0));
        _passedTicks = _frontTicks;
        Evaluate();
    }

    /// <summary>Adds an event that has waited for its class.</summary>
    public void Release(in WaitingEvent released, long releaseTicks)
    {
        _lastReleased[released.ClassNumber] = released.Event;
        Add(new BatchStep(releaseTicks, released.Event, released.Bucket, released.ClassNumber));
    }

    /// <summary>Whether nothing after an event was evaluated in its class, neither another event nor a timer that the front makes due.</summary>
    public bool IsUntouchedAfter(in WaitingEvent waiting, long frontTicks)
    {
        if (waiting.Event.TimeTicks + _latenessTicks[waiting.ClassNumber] < _passedTicks)
            return false;
        if (_lastReleased[waiting.ClassNumber] is { } last && Compare(last, waiting.Event) > 0)
            return false;
        Evaluate();
        Add(new BatchStep(frontTicks, null, null, 0));
        return Evaluate().IsEmpty;
    }

    // The delta of the kernel's state: empty where nothing happened.
    private ReadOnlyMemory<byte> Evaluate() =>
        _kernel.Evaluate(new DistrictBatch(_code, ++_sequence, _frontTicks, _steps.DrainToImmutable())).Delta;

    private static int Compare(EventRecord a, EventRecord b)
    {
        int order = a.TimeTicks.CompareTo(b.TimeTicks);
        if (order == 0)
            order = string.CompareOrdinal(a.Source, b.Source);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }
}
