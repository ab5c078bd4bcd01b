using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Count;

/// <summary>The sliding <c>count</c>: the instants of the matches in the window.</summary>
internal sealed class SlidingCountDetector : CountDetector
{
    private const byte FormatVersion = 1;

    private readonly SlidingWindow _window;
    private readonly int _keep;

    internal SlidingCountDetector(CountOptions options)
        : base(options)
    {
        _window = new SlidingWindow(options.Window, Threshold);
        _keep = options.Keep;
    }

    public override KeyState NewState() => new SlidingCountState();

    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var count = (SlidingCountState)state;
        if (_window.Enter(count, @event, frame, sink) is not { } entry)
            return;
        if (!count.Matches.Add(@event.TimeTicks, _keep))
            sink.CountOverflow();
        _window.Settle(count, entry, @event, frame, sink);
    }

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink) =>
        _window.Leave((SlidingCountState)state, dueTicks, frame, sink);

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
}
