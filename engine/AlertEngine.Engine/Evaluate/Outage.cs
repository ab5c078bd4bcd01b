namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// A time in which an engine stands still, on the event clock: what happens in it is read at its end. Tests of rules show by it what becomes of
/// incidents that nobody saw.
/// </summary>
/// <param name="FromTicks">Its beginning, in event time.</param>
/// <param name="UntilTicks">Its end, exclusive.</param>
public readonly record struct Outage(long FromTicks, long UntilTicks)
{
    /// <summary>When people learn of what happens at an instant of event time.</summary>
    public long ReadAt(long ticks) => ticks >= FromTicks && ticks < UntilTicks ? UntilTicks : ticks;
}
