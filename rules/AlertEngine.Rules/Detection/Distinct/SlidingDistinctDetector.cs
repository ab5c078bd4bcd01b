using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>The sliding <c>distinct</c>: due as values leave the window while it fires, and when the last one leaves otherwise.</summary>
internal sealed class SlidingDistinctDetector(DistinctOptions options) : DistinctDetector(options)
{
    private const byte FormatVersion = 1;

    private readonly DistinctOptions _options = options;

    public override KeyState NewState() => new SlidingDistinctState();

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var distinct = (SlidingDistinctState)state;
        if (!_options.Window.TryRead(frame, out long windowTicks))
        {
            sink.CountError();
            distinct.DueTicks = KeyState.NeverTicks;
            return;
        }

        distinct.Values.DropUpTo(dueTicks - windowTicks);
        Judge(distinct, dueTicks, windowTicks, null, frame, sink);
    }

    public override void Write(KeyState state, StateWriter writer)
    {
        var distinct = (SlidingDistinctState)state;
        writer.Byte(FormatVersion);
        writer.Bool(distinct.Fires);
        writer.Signed(distinct.DueTicks);
        distinct.Values.Write(writer);
    }

    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        return new SlidingDistinctState { Fires = reader.Bool(), DueTicks = reader.Signed(), Values = LatestValues.Read(reader) };
    }

    private protected override void Take(KeyState state, string value, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var distinct = (SlidingDistinctState)state;
        if (!_options.Window.TryRead(frame, out long windowTicks))
        {
            sink.CountError();
            return;
        }

        // A late value counts in the window as it is now: the past is never judged again.
        long nowTicks = distinct.Values.Count == 0 ? @event.TimeTicks : Math.Max(@event.TimeTicks, distinct.Values.NewestTicks);
        bool hasFewer = distinct.Values.DropUpTo(nowTicks - windowTicks);
        if (@event.TimeTicks <= nowTicks - windowTicks)
            return;
        if (!distinct.Values.See(value, @event.TimeTicks, _options.Keep))
            sink.CountOverflow();

        // Where values leave at the instant of this event, more events of the instant may make up for them: the timer judges after all of them.
        if (distinct.Fires && (hasFewer || distinct.DueTicks == nowTicks))
            distinct.DueTicks = nowTicks;
        else
            Judge(distinct, nowTicks, windowTicks, @event, frame, sink);
    }

    private void Judge(SlidingDistinctState state, long nowTicks, long windowTicks, EventRecord? @event, CelFrame frame, IDetectionSink sink)
    {
        state.Fires = Threshold.Judge(state.Fires, state.Values.Count, nowTicks, @event, frame, sink);
        state.DueTicks = state.Values.Count == 0 ? KeyState.NeverTicks
            : (state.Fires ? state.Values.OldestTicks : state.Values.NewestTicks) + windowTicks;
    }
}
