using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Count;

/// <summary>The tumbling <c>count</c>: judged at the end of each window that held a match, and of each window while it fires.</summary>
internal sealed class TumblingCountDetector(CountOptions options) : CountDetector(options)
{
    private const byte FormatVersion = 1;

    private readonly TumblingWindow _window = new(options.Window, options.Zone);

    public override KeyState NewState() => new TumblingCountState();

    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var count = (TumblingCountState)state;
        if (!_window.TryPlace(count.DueTicks, @event.TimeTicks, frame, sink, out long endTicks))
            return;
        count.DueTicks = endTicks;
        if (count.Matches < int.MaxValue)
            count.Matches++;
    }

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var count = (TumblingCountState)state;
        count.Fires = Threshold.Judge(count.Fires, count.Matches, dueTicks, null, frame, sink);
        count.Matches = 0;
        count.DueTicks = _window.Next(dueTicks, count.Fires, frame, sink);
    }

    public override void Write(KeyState state, StateWriter writer)
    {
        var count = (TumblingCountState)state;
        writer.Byte(FormatVersion);
        writer.Bool(count.Fires);
        writer.Signed(count.DueTicks);
        writer.Count(count.Matches);
    }

    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        return new TumblingCountState { Fires = reader.Bool(), DueTicks = reader.Signed(), Matches = reader.Count() };
    }
}
