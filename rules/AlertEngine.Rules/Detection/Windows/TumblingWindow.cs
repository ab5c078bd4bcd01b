using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Timing;
using NodaTime;

namespace AlertEngine.Rules.Detection.Windows;

/// <summary>The tumbling window of a rule. The end of a state's present window is a due instant of the state. Immutable and thread-safe.</summary>
internal sealed class TumblingWindow(DurationOperand length, DateTimeZone zone)
{
    private readonly TumblingClock _clock = new(zone);

    /// <summary>Tells the end of the window that an event lies in.</summary>
    /// <param name="awaitedTicks">The end that the state waits for; <see cref="TimerNode.NeverTicks"/> for none.</param>
    /// <param name="atTicks">The event's time.</param>
    /// <param name="frame">Holds <c>params</c>.</param>
    /// <param name="sink">Counts errors.</param>
    /// <param name="endTicks">The end.</param>
    /// <returns>False where that window has ended already, or the length cannot be read.</returns>
    internal bool TryPlace(long awaitedTicks, long atTicks, CelFrame frame, IDetectionSink sink, out long endTicks)
    {
        endTicks = awaitedTicks;
        if (!TryRead(frame, sink, out long windowTicks))
            return false;
        // The commonest case, told without the calendar: the event lies in the window that is waited for.
        if (awaitedTicks != TimerNode.NeverTicks && atTicks <= awaitedTicks && atTicks > awaitedTicks - windowTicks)
            return true;
        endTicks = _clock.EndOf(atTicks, windowTicks);
        return awaitedTicks == TimerNode.NeverTicks || endTicks >= awaitedTicks;
    }

    /// <summary>The end of the window after one that ended, or never where it is not to be judged.</summary>
    internal long Next(long endTicks, bool isAwaited, CelFrame frame, IDetectionSink sink) =>
        isAwaited && TryRead(frame, sink, out long windowTicks) ? _clock.EndAfter(endTicks, windowTicks) : TimerNode.NeverTicks;

    private bool TryRead(CelFrame frame, IDetectionSink sink, out long windowTicks)
    {
        if (length.TryRead(frame, out windowTicks) && windowTicks > 0)
            return true;
        sink.CountError();
        return false;
    }
}
