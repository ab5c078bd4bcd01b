using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>
/// <c>baseline</c>: learns what a value usually is and fires when one is far from it. A sample is judged by what was learned before it, then
/// learned from. A first version of a forecast: it knows the time of day or week, no holidays and no weather.
/// </summary>
public sealed class BaselineDetector(BaselineOptions options) : Detector
{
    private const long MadHalfLives = 2;

    private readonly LevelJudge _judge = new(options.When, options.Clear);
    private readonly SeasonClock? _season =
        options.Method == BaselineMethod.Seasonal ? new SeasonClock(options.Season, options.Bucket, options.Zone) : null;

    /// <inheritdoc />
    public override string Kind => "baseline";

    /// <inheritdoc />
    public override CelRecordType? Names => BaselineNames.Record;

    /// <inheritdoc />
    public override KeyState NewState()
    {
        long halfLifeTicks = options.HalfLife.BclCompatibleTicks;
        return options.Method == BaselineMethod.Mad
            ? new MedianBaseline(MadHalfLives * halfLifeTicks)
            : new DecayedBaseline(_season, halfLifeTicks);
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var baseline = (BaselineState)state;
        long atTicks = @event.TimeTicks;
        if (!Numbers.TryRead(options.Of(frame), out double value) || !options.Warmup.TryRead(frame, out long warmupTicks))
        {
            sink.CountError();
            return;
        }

        // What came late is neither judged nor learned from: the past is not changed any more.
        if (atTicks < baseline.LastTicks)
            return;
        if (baseline.FirstTicks == KeyState.NeverTicks)
            baseline.FirstTicks = atTicks;
        baseline.LastTicks = atTicks;
        if (atTicks - baseline.FirstTicks >= warmupTicks)
            Judge(baseline, value, @event, frame, sink);
        baseline.Learn(value, atTicks);
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var baseline = (BaselineState)state;
        Show(baseline, frame);
        LevelJudge.Clear(baseline, dueTicks, sink);
        baseline.DueTicks = KeyState.NeverTicks;
    }

    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer) => ((BaselineState)state).Write(writer);

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        var state = (BaselineState)NewState();
        state.ReadFrom(reader);
        return state;
    }

    private void Judge(BaselineState state, double value, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        // While too little is known of this time of the season, nothing is said: neither true nor false.
        if (state.Expect(@event.TimeTicks) is not { } forecast)
            return;
        state.LastScore = forecast.Score(value);
        state.LastExpected = forecast.Expected;
        Show(state, frame);
        _judge.Judge(state, @event.TimeTicks, @event, frame, sink);
        state.DueTicks = state.Fires ? state.ClearDueTicks : KeyState.NeverTicks;
    }

    private static void Show(BaselineState state, CelFrame frame)
    {
        CelValue[] names = frame.Records[FrameRecords.Detector];
        names[BaselineNames.ScoreSlot] = CelValue.Of(state.LastScore);
        names[BaselineNames.ExpectedSlot] = CelValue.Of(state.LastExpected);
    }
}
