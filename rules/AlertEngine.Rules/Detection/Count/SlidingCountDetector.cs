using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Count;

/// <summary>
/// The sliding <c>count</c>. While it fires it is due whenever a match leaves the window, because the value may lower the severity;
/// while it does not, only when the last one leaves, to be forgotten.
/// </summary>
internal sealed class SlidingCountDetector(CountOptions options) : CountDetector(options)
{
    private const byte FormatVersion = 1;

    private readonly CountOptions _options = options;

    public override KeyState NewState() => new SlidingCountState();

    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var count = (SlidingCountState)state;
        if (!_options.Window.TryRead(frame, out long windowTicks))
        {
            sink.CountError();
            return;
        }

        // A late match counts in the window as it is now: the past is never judged again.
        long nowTicks = count.Matches.Count == 0 ? @event.TimeTicks : Math.Max(@event.TimeTicks, count.Matches.NewestTicks);
        bool hasFewer = count.Matches.DropUpTo(nowTicks - windowTicks);
        if (@event.TimeTicks <= nowTicks - windowTicks)
            return;
        if (!count.Matches.Add(@event.TimeTicks, _options.Keep))
            sink.CountOverflow();

        // Where matches leave at the instant of this event, more events of the instant may make up for them: the timer judges after all of them.
        if (count.Fires && (hasFewer || count.DueTicks == nowTicks))
            count.DueTicks = nowTicks;
        else
            Judge(count, nowTicks, windowTicks, @event, frame, sink);
    }

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var count = (SlidingCountState)state;
        if (!_options.Window.TryRead(frame, out long windowTicks))
        {
            sink.CountError();
            count.DueTicks = KeyState.NeverTicks;
            return;
        }

        count.Matches.DropUpTo(dueTicks - windowTicks);
        Judge(count, dueTicks, windowTicks, null, frame, sink);
    }

    public override void Write(KeyState state, StateWriter writer)
    {
        var count = (SlidingCountState)state;
        writer.Byte(FormatVersion);
        writer.Bool(count.Fires);
        writer.Signed(count.DueTicks);
        count.Matches.Write(writer);
    }

    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        return new SlidingCountState { Fires = reader.Bool(), DueTicks = reader.Signed(), Matches = TimeRing.Read(reader) };
    }

    private void Judge(SlidingCountState state, long nowTicks, long windowTicks, EventRecord? @event, CelFrame frame, IDetectionSink sink)
    {
        state.Fires = Threshold.Judge(state.Fires, state.Matches.Count, nowTicks, @event, frame, sink);
        state.DueTicks = state.Matches.Count == 0 ? KeyState.NeverTicks
            : (state.Fires ? state.Matches.OldestTicks : state.Matches.NewestTicks) + windowTicks;
    }
}
