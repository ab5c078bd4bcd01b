using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Timing;
using NodaTime;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The due instants of a district's keys, one timing wheel for each lateness class. A timer of a class that waits L for late events is due once
/// the front has passed its instant by more than L; firing all timers in the order of those fronts makes their order independent of how
/// batches were cut.
/// </summary>
internal sealed class TimerQueue
{
    private static readonly IComparer<TimerNode> Ties = Comparer<TimerNode>.Create(static (a, b) => Compare((KeyState)a, (KeyState)b));

    private readonly TimingWheel[] _wheels;
    private readonly long[] _latenessTicks;
    private readonly KeyState?[] _heads;

    public TimerQueue(ImmutableArray<Duration> classes)
    {
        _latenessTicks = [.. classes.Select(lateness => (long)lateness.TotalTicks)];
        _wheels = [.. classes.Select(_ => new TimingWheel(Ties))];
        _heads = new KeyState?[classes.Length];
    }

    /// <summary>A front up to which nothing is due: the next timer's, or a little before it.</summary>
    public long NothingDueBeforeFrontTicks
    {
        get
        {
            long frontTicks = TimerNode.NeverTicks;
            for (int i = 0; i < _wheels.Length; i++)
            {
                if (_wheels[i].Count != 0)
                    frontTicks = Math.Min(frontTicks, _wheels[i].NothingDueBeforeTicks + _latenessTicks[i]);
            }

            return frontTicks;
        }
    }

    /// <summary>Puts a state where its due instant says, or takes it out.</summary>
    public void Schedule(KeyState state, int classNumber) => _wheels[classNumber].Schedule(state);

    /// <summary>Takes a state out.</summary>
    public void Cancel(KeyState state, int classNumber) => _wheels[classNumber].Cancel(state);

    /// <summary>The first state that the front has passed, taken out; null where none is due.</summary>
    /// <param name="frontTicks">The front.</param>
    /// <param name="frontOfStateTicks">The front that the state was waiting for.</param>
    /// <remarks>
    /// The wheels tell their first due node only by handing it out, so the heads of all classes are held until all of them have fired. A step
    /// of one rule never touches the timer of another, so a held head stays what it is.
    /// </remarks>
    public KeyState? PopDue(long frontTicks, out long frontOfStateTicks)
    {
        int first = -1;
        frontOfStateTicks = long.MaxValue;
        for (int i = 0; i < _wheels.Length; i++)
        {
            _heads[i] ??= _wheels[i].Count == 0 ? null : (KeyState?)_wheels[i].PopDue(frontTicks - _latenessTicks[i]);
            if (_heads[i] is { } head && (first < 0 || head.DueTicks + _latenessTicks[i] < frontOfStateTicks))
            {
                first = i;
                frontOfStateTicks = head.DueTicks + _latenessTicks[i];
            }
        }

        if (first < 0)
            return null;
        KeyState due = _heads[first]!;
        _heads[first] = null;
        return due;
    }

    /// <summary>Takes all out.</summary>
    public void Clear()
    {
        for (int i = 0; i < _wheels.Length; i++)
            _wheels[i] = new TimingWheel(Ties);
        Array.Clear(_heads);
    }

    private static int Compare(KeyState a, KeyState b)
    {
        int order = a.RuleNumber.CompareTo(b.RuleNumber);
        return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
    }
}
