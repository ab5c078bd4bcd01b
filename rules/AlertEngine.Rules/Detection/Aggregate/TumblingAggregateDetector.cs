using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>
/// The tumbling <c>aggregate</c>, judged at the end of each window. An empty window has no value and changes nothing, so it is waited for only
/// where it sums to 0.
/// </summary>
internal sealed class TumblingAggregateDetector(AggregateOptions options) : AggregateDetector(options)
{
    private readonly TumblingWindow _window = new(options.Window, options.Zone);
    private readonly bool _isKept = options.Function.Percentile() > 0;

    public override KeyState NewState() => new TumblingAggregateState();

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var aggregate = (TumblingAggregateState)state;
        // The window first: what it comes to may break a clearing that is due at the same instant.
        if (aggregate.EndTicks <= dueTicks)
            End(aggregate, dueTicks, frame, sink);
        if (aggregate.ClearDueTicks <= dueTicks)
        {
            Show(aggregate.LastValue, aggregate.LastCount, frame);
            LevelJudge.Clear(aggregate, dueTicks, sink);
        }

        SetDue(aggregate);
    }

    public override void Write(KeyState state, StateWriter writer) => ((TumblingAggregateState)state).Write(writer);

    public override KeyState Read(StateReader reader) => TumblingAggregateState.Read(reader);

    private protected override void Take(KeyState state, double value, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var aggregate = (TumblingAggregateState)state;
        if (!_window.TryPlace(aggregate.EndTicks, @event.TimeTicks, frame, sink, out long endTicks))
            return;
        aggregate.EndTicks = endTicks;
        if (!aggregate.Add(value, _isKept))
            sink.CountOverflow();
        SetDue(aggregate);
    }

    private void End(TumblingAggregateState state, long endTicks, CelFrame frame, IDetectionSink sink)
    {
        int samples = state.Count;
        state.LastCount = samples;
        state.LastValue = HasValue(samples, frame) ? state.Value(Options.Function) : double.NaN;
        state.Turn();
        Show(state.LastValue, samples, frame);
        Judge.Judge(state, endTicks, null, frame, sink);
        bool isAwaited = Options.Function == AggregateFunction.Sum && (samples > 0 || state.Fires);
        state.EndTicks = _window.Next(endTicks, isAwaited, frame, sink);
    }

    private static void SetDue(TumblingAggregateState state) => state.DueTicks = Math.Min(state.EndTicks, state.ClearDueTicks);
}
