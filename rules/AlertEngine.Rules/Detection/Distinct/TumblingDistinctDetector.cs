using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>The tumbling <c>distinct</c>: judged at the end of each window that held a value, and of each window while it fires.</summary>
internal sealed class TumblingDistinctDetector(DistinctOptions options) : DistinctDetector(options)
{
    private const byte FormatVersion = 1;

    private readonly TumblingWindow _window = new(options.Window, options.Zone);
    private readonly int _keep = options.Keep;

    public override KeyState NewState() => new TumblingDistinctState();

    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var distinct = (TumblingDistinctState)state;
        distinct.Fires = Threshold.Judge(distinct.Fires, distinct.Values.Count, dueTicks, null, frame, sink);
        distinct.Values.Clear();
        distinct.DueTicks = _window.Next(dueTicks, distinct.Fires, frame, sink);
    }

    public override void Write(KeyState state, StateWriter writer)
    {
        var distinct = (TumblingDistinctState)state;
        writer.Byte(FormatVersion);
        writer.Bool(distinct.Fires);
        writer.Signed(distinct.DueTicks);
        writer.Count(distinct.Values.Count);
        foreach (string value in distinct.Values)
            writer.Text(value);
    }

    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        var distinct = new TumblingDistinctState { Fires = reader.Bool(), DueTicks = reader.Signed() };
        int count = reader.Bounded(WindowLimits.KeepLimit);
        for (int i = 0; i < count; i++)
            distinct.Values.Add(reader.RequiredText());
        return distinct;
    }

    private protected override void Take(KeyState state, string value, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var distinct = (TumblingDistinctState)state;
        if (!_window.TryPlace(distinct.DueTicks, @event.TimeTicks, frame, sink, out long endTicks))
            return;
        distinct.DueTicks = endTicks;
        if (distinct.Values.Count < _keep)
            distinct.Values.Add(value);
        else if (!distinct.Values.Contains(value))
            sink.CountOverflow();
    }
}
