using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Level;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary><c>aggregate</c>: fires while a condition over the aggregate of a window holds.</summary>
public abstract class AggregateDetector : Detector
{
    private protected AggregateDetector(AggregateOptions options)
    {
        Options = options;
        Judge = new LevelJudge(options.When, options.Clear);
        Names = AggregateNames.For(options.Function, options.IsInteger);
    }

    private protected AggregateOptions Options { get; }

    private protected LevelJudge Judge { get; }

    /// <summary>The detector that the block describes.</summary>
    public static AggregateDetector Create(AggregateOptions options) =>
        options.WindowKind == WindowKind.Sliding ? new SlidingAggregateDetector(options) : new TumblingAggregateDetector(options);

    /// <inheritdoc />
    public override string Kind => "aggregate";

    /// <inheritdoc />
    public override CelRecordType? Names { get; }

    /// <inheritdoc />
    /// <remarks>A window is half-open: what is as old as it is long has left it.</remarks>
    public override long ReachTicks(CelFrame frame) => Options.Window.TryRead(frame, out long ticks) ? ticks - 1 : 0;

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        if (Numbers.TryRead(Options.Of(frame), out double value))
            Take(state, value, @event, frame, sink);
        else
            sink.CountError();
    }

    private protected abstract void Take(KeyState state, double value, EventRecord @event, CelFrame frame, IDetectionSink sink);

    private protected bool HasValue(int samples, CelFrame frame)
    {
        if (!Options.MinSamples.TryRead(frame, out long least))
            return false;
        // An empty window sums to 0, unless the rule asks for more than the default.
        return samples >= least && samples > 0 || (samples == 0 && least <= 1 && Options.Function == AggregateFunction.Sum);
    }

    private protected void Show(double value, int samples, CelFrame frame)
    {
        CelValue[] names = frame.Records[FrameRecords.Detector];
        bool isInteger = Options.IsInteger && Options.Function.KeepsIntegers();
        names[AggregateNames.ValueSlot] = double.IsNaN(value) ? default : Numbers.Value(value, isInteger);
        names[AggregateNames.SamplesSlot] = CelValue.Of((long)samples);
    }
}
