using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Windows;

/// <summary>How an event found the window that it entered.</summary>
/// <param name="NowTicks">Now: the event's time, or the newest before it where the event is late.</param>
/// <param name="LengthTicks">The window's length.</param>
/// <param name="HasFewer">Whether something left the window with it.</param>
internal readonly record struct WindowEntry(long NowTicks, long LengthTicks, bool HasFewer);

/// <summary>
/// The sliding window of <c>count</c> and <c>distinct</c>. While the alert fires it is due whenever something leaves the window, because the number
/// may lower the severity; while it does not, only when the last one leaves, to be forgotten. Immutable and thread-safe.
/// </summary>
internal sealed class SlidingWindow(DurationOperand length, Threshold threshold)
{
    /// <summary>Lets an event enter; null where it lies before the window or the window has no length now, and changes nothing.</summary>
    internal WindowEntry? Enter(SlidingState state, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        if (!length.TryRead(frame, out long lengthTicks))
        {
            sink.CountError();
            return null;
        }

        // A late one counts in the window as it is now: the past is never judged again.
        long nowTicks = state.Count == 0 ? @event.TimeTicks : Math.Max(@event.TimeTicks, state.NewestTicks);
        bool hasFewer = state.DropUpTo(nowTicks - lengthTicks);
        return @event.TimeTicks <= nowTicks - lengthTicks ? null : new WindowEntry(nowTicks, lengthTicks, hasFewer);
    }

    /// <summary>Judges after what entered was added.</summary>
    internal void Settle(SlidingState state, in WindowEntry entry, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        // Where some leave at the instant of this event, more events of the instant may make up for them: the timer judges after all of them.
        if (state.Fires && (entry.HasFewer || state.DueTicks == entry.NowTicks))
            state.DueTicks = entry.NowTicks;
        else
            Judge(state, entry.NowTicks, entry.LengthTicks, @event, frame, sink);
    }

    /// <summary>Something leaves the window.</summary>
    internal void Leave(SlidingState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        if (!length.TryRead(frame, out long lengthTicks))
        {
            sink.CountError();
            state.DueTicks = KeyState.NeverTicks;
            return;
        }

        state.DropUpTo(dueTicks - lengthTicks);
        Judge(state, dueTicks, lengthTicks, null, frame, sink);
    }

    private void Judge(SlidingState state, long nowTicks, long lengthTicks, EventRecord? @event, CelFrame frame, IDetectionSink sink)
    {
        state.Fires = threshold.Judge(state.Fires, state.Count, nowTicks, @event, frame, sink);
        state.DueTicks = state.Count == 0 ? KeyState.NeverTicks : (state.Fires ? state.OldestTicks : state.NewestTicks) + lengthTicks;
    }
}
