using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using NodaTime;

namespace AlertEngine.Rules.Detection.Windows;

/// <summary>The tumbling window of a rule. A state's due instant is the end of its present window. Immutable and thread-safe.</summary>
internal sealed class TumblingWindow(DurationOperand length, DateTimeZone zone)
{
    private readonly TumblingClock _clock = new(zone);

    /// <summary>Sees to it that the state waits for the end of the window that an event lies in.</summary>
    /// <returns>False where that window has ended already, or the length cannot be read.</returns>
    internal bool TryPlace(KeyState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (!TryRead(frame, sink, out long windowTicks))
            return false;
        // The commonest case, told without the calendar: the event lies in the window that is waited for.
        if (state.DueTicks != KeyState.NeverTicks && atTicks <= state.DueTicks && atTicks > state.DueTicks - windowTicks)
            return true;
        long endTicks = _clock.EndOf(atTicks, windowTicks);
        if (state.DueTicks != KeyState.NeverTicks && endTicks < state.DueTicks)
            return false;
        state.DueTicks = endTicks;
        return true;
    }

    /// <summary>Turns to the next window after one that ended, where it is to be judged at all.</summary>
    internal void Turn(KeyState state, long endTicks, bool isAwaited, CelFrame frame, IDetectionSink sink) =>
        state.DueTicks = isAwaited && TryRead(frame, sink, out long windowTicks)
            ? _clock.EndAfter(endTicks, windowTicks)
            : KeyState.NeverTicks;

    private bool TryRead(CelFrame frame, IDetectionSink sink, out long windowTicks)
    {
        if (length.TryRead(frame, out windowTicks) && windowTicks > 0)
            return true;
        sink.CountError();
        return false;
    }
}
