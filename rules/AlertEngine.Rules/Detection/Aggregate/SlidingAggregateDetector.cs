using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>The sliding <c>aggregate</c>, asked at each event: samples that leave change nothing until the next one comes.</summary>
internal sealed class SlidingAggregateDetector(AggregateOptions options) : AggregateDetector(options)
{
    public override KeyState NewState() => new SlidingAggregateState(Options.Function.IsRanked());

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var aggregate = (SlidingAggregateState)state;
        if (aggregate.Fires)
        {
            ShowNow(aggregate, frame);
            LevelJudge.Clear(aggregate, dueTicks, sink);
        }

        if (!Options.Window.TryRead(frame, out long windowTicks))
            sink.CountError();
        aggregate.DropUpTo(dueTicks - windowTicks);
        SetDue(aggregate, windowTicks);
    }

    public override void Write(KeyState state, StateWriter writer) => ((SlidingAggregateState)state).Write(writer);

    public override KeyState Read(StateReader reader) => SlidingAggregateState.Read(reader, Options.Function.IsRanked());

    private protected override void Take(KeyState state, double value, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var aggregate = (SlidingAggregateState)state;
        if (!Options.Window.TryRead(frame, out long windowTicks))
        {
            sink.CountError();
            return;
        }

        // A late sample counts in the window as it is now: the past is never judged again.
        long nowTicks = aggregate.Count == 0 ? @event.TimeTicks : Math.Max(@event.TimeTicks, aggregate.NewestTicks);
        aggregate.DropUpTo(nowTicks - windowTicks);
        if (@event.TimeTicks <= nowTicks - windowTicks)
            return;
        if (!aggregate.Add(new TimedValue(@event.TimeTicks, value)))
            sink.CountOverflow();
        ShowNow(aggregate, frame);
        Judge.Judge(aggregate, nowTicks, @event, frame, sink);
        SetDue(aggregate, windowTicks);
    }

    private void ShowNow(SlidingAggregateState state, CelFrame frame)
    {
        double value = state.Count > 0 && HasValue(state.Count, frame) ? state.Value(Options.Function) : double.NaN;
        Show(value, state.Count, frame);
    }

    // While it fires, only a pending clearing is due; otherwise the key is forgotten once its last sample has left.
    private static void SetDue(SlidingAggregateState state, long windowTicks) =>
        state.DueTicks = state.Fires ? state.ClearDueTicks
            : state.Count > 0 ? state.NewestTicks + windowTicks
            : KeyState.NeverTicks;
}
