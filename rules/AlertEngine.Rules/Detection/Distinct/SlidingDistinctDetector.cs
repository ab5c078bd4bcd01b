using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>The sliding <c>distinct</c>: the values in the window, each with when it was last seen.</summary>
internal sealed class SlidingDistinctDetector : DistinctDetector
{
    private const byte FormatVersion = 1;

    private readonly SlidingWindow _window;
    private readonly int _keep;

    internal SlidingDistinctDetector(DistinctOptions options)
        : base(options)
    {
        _window = new SlidingWindow(options.Window, Threshold);
        _keep = options.Keep;
    }

    public override KeyState NewState() => new SlidingDistinctState();

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink) =>
        _window.Leave((SlidingDistinctState)state, dueTicks, frame, sink);

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
        if (_window.Enter(distinct, @event, frame, sink) is not { } entry)
            return;
        if (!distinct.Values.See(value, @event.TimeTicks, _keep))
            sink.CountOverflow();
        _window.Settle(distinct, entry, @event, frame, sink);
    }
}
