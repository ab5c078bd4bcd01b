using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Count;

/// <summary><c>count</c>: fires at so many matches in a window, clears when they fall below.</summary>
public abstract class CountDetector : Detector
{
    private readonly CelCondition? _when;
    private readonly DurationOperand _window;

    private protected CountDetector(CountOptions options)
    {
        _when = options.When;
        _window = options.Window;
        Threshold = new Threshold(options.AtLeast, options.ClearBelow, CountNames.ValueSlot);
    }

    private protected Threshold Threshold { get; }

    /// <summary>The detector that the block describes.</summary>
    public static CountDetector Create(CountOptions options) =>
        options.WindowKind == WindowKind.Sliding ? new SlidingCountDetector(options) : new TumblingCountDetector(options);

    /// <inheritdoc />
    public override string Kind => "count";

    /// <inheritdoc />
    public override CelRecordType? Names => CountNames.Record;

    /// <inheritdoc />
    /// <remarks>A window is half-open: what is as old as it is long has left it.</remarks>
    public override long ReachTicks(CelFrame frame) => _window.TryRead(frame, out long ticks) ? ticks - 1 : 0;

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink)
    {
        if (_when is null || _when.IsTrue(frame))
            return EventInterest.Begins;
        if (!_when.IsFalse(frame))
            sink.CountError();
        return EventInterest.None;
    }
}
