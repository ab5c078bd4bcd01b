using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Detection.Change;

/// <summary>
/// <c>change</c>: compares the value now with the latest sample at or before now − <c>over</c>, not older than <c>over</c> + <c>tolerance</c>.
/// </summary>
public sealed class ChangeDetector(ChangeOptions options) : Detector
{
    private const long ToleranceParts = 10;

    private readonly LevelJudge _judge = new(options.When, options.Clear);

    /// <inheritdoc />
    public override string Kind => "change";

    /// <inheritdoc />
    public override CelRecordType? Names { get; } = ChangeNames.For(options.As, options.IsInteger);

    /// <inheritdoc />
    public override KeyState NewState() => new ChangeState();

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var change = (ChangeState)state;
        if (!Numbers.TryRead(options.Of(frame), out double value) || !TryRead(frame, out long overTicks, out long oldestTicks))
        {
            sink.CountError();
            return;
        }

        bool isLate = change.Samples.Count > 0 && @event.TimeTicks < change.Samples.Newest.AtTicks;
        Keep(change, new TimedValue(@event.TimeTicks, value), oldestTicks, sink);
        // A late sample may be compared with later; the past is not judged again.
        if (!isLate)
        {
            Show(change, overTicks, oldestTicks, frame);
            _judge.Judge(change, @event.TimeTicks, @event, frame, sink);
        }

        SetDue(change, oldestTicks);
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var change = (ChangeState)state;
        if (!TryRead(frame, out long overTicks, out long oldestTicks))
            sink.CountError();
        if (change.Fires)
        {
            Show(change, overTicks, oldestTicks, frame);
            LevelJudge.Clear(change, dueTicks, sink);
        }

        if (change.Samples.Count > 0 && change.Samples.Newest.AtTicks + oldestTicks <= dueTicks)
            change.Samples.Clear();
        SetDue(change, oldestTicks);
    }

    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer) => ((ChangeState)state).Write(writer);

    /// <inheritdoc />
    public override KeyState Read(StateReader reader) => ChangeState.Read(reader);

    private bool TryRead(CelFrame frame, out long overTicks, out long oldestTicks)
    {
        long toleranceTicks = 0;
        bool isRead = options.Over.TryRead(frame, out overTicks)
            && (options.Tolerance is not { } tolerance || tolerance.TryRead(frame, out toleranceTicks));
        oldestTicks = overTicks + (options.Tolerance is null ? overTicks / ToleranceParts : toleranceTicks);
        return isRead;
    }

    private static void Keep(ChangeState state, TimedValue sample, long oldestTicks, IDetectionSink sink)
    {
        SampleRing samples = state.Samples;
        while (samples.Count > 0 && samples.Oldest.AtTicks < sample.AtTicks - oldestTicks)
            samples.DropOldest();
        if (samples.IsFull)
        {
            samples.Thin();
            sink.CountOverflow();
        }

        samples.Add(sample);
    }

    private void Show(ChangeState state, long overTicks, long oldestTicks, CelFrame frame)
    {
        CelValue[] names = frame.Records[FrameRecords.Detector];
        names[ChangeNames.ValueSlot] = names[ChangeNames.FromSlot] = names[ChangeNames.ToSlot] = default;
        if (state.Samples.Count == 0)
            return;
        TimedValue now = state.Samples.Newest;
        names[ChangeNames.ToSlot] = Numbers.Value(now.Value, options.IsInteger);
        if (state.LatestUpTo(now.AtTicks - overTicks) is not { } before || now.AtTicks - before.AtTicks > oldestTicks)
            return;
        names[ChangeNames.FromSlot] = Numbers.Value(before.Value, options.IsInteger);
        double change = Measure(before, now);
        if (double.IsFinite(change))
            names[ChangeNames.ValueSlot] = Numbers.Value(change, options.IsInteger && options.As == ChangeMeasure.Delta);
    }

    private double Measure(TimedValue from, TimedValue to)
    {
        double delta = to.Value - from.Value;
        return options.As switch
        {
            ChangeMeasure.Delta => delta,
            ChangeMeasure.Rate => delta * NodaConstants.TicksPerHour / (to.AtTicks - from.AtTicks),
            _ => from.Value == 0 ? double.NaN : delta / from.Value * 100,
        };
    }

    // While it fires, only a pending clearing is due; otherwise the key is forgotten once nothing can be compared with any more.
    private static void SetDue(ChangeState state, long oldestTicks) =>
        state.DueTicks = state.Fires ? state.ClearDueTicks
            : state.Samples.Count > 0 ? state.Samples.Newest.AtTicks + oldestTicks
            : KeyState.NeverTicks;
}
