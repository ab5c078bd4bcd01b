using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary><c>distinct</c>: fires at so many different values in a window, clears when they fall below.</summary>
public abstract class DistinctDetector : Detector
{
    private readonly DistinctOptions _options;

    private protected DistinctDetector(DistinctOptions options)
    {
        _options = options;
        Threshold = new Threshold(options.AtLeast, options.ClearBelow, DistinctNames.CountSlot);
    }

    private protected Threshold Threshold { get; }

    /// <summary>The detector that the block describes.</summary>
    public static DistinctDetector Create(DistinctOptions options) =>
        options.WindowKind == WindowKind.Sliding ? new SlidingDistinctDetector(options) : new TumblingDistinctDetector(options);

    /// <inheritdoc />
    public override string Kind => "distinct";

    /// <inheritdoc />
    public override CelRecordType? Names => DistinctNames.Record;

    /// <inheritdoc />
    /// <remarks>A window is half-open: what is as old as it is long has left it.</remarks>
    public override long ReachTicks(CelFrame frame) => _options.Window.TryRead(frame, out long ticks) ? ticks - 1 : 0;

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink)
    {
        if (_options.When is null || _options.When.IsTrue(frame))
            return EventInterest.Begins;
        if (!_options.When.IsFalse(frame))
            sink.CountError();
        return EventInterest.None;
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        if (DistinctValue.TryRead(_options.Of(frame), out string value))
            Take(state, value, @event, frame, sink);
        else
            sink.CountError();
    }

    private protected abstract void Take(KeyState state, string value, EventRecord @event, CelFrame frame, IDetectionSink sink);
}
