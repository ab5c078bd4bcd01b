using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Each;

/// <summary>
/// <c>each</c>: fires at every event that matches. It takes events in the order of arrival, so that one that is older than the last match
/// may open, but never clears what a newer event keeps firing.
/// </summary>
public sealed class EachDetector(EachOptions options) : Detector
{
    private const byte FormatVersion = 1;

    /// <inheritdoc />
    public override string Kind => "each";

    /// <inheritdoc />
    public override CelRecordType? Names => null;

    /// <inheritdoc />
    public override bool IgnoresMismatches => options.Clear is null;

    /// <inheritdoc />
    public override bool IsSingleShot => options.IsOnce;

    /// <inheritdoc />
    public override KeyState NewState() => new EachState();

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink)
    {
        switch (Verdicts.Of(options.When, frame))
        {
            case Verdict.True:
                return EventInterest.Begins;
            case Verdict.Error:
                sink.CountError();
                break;
        }

        return options.Clear is null ? EventInterest.None : EventInterest.IfKnown;
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var each = (EachState)state;
        if (each.Fires)
            GoOn(each, @event, frame, sink);
        else if (options.When.IsTrue(frame))
            Open(each, @event, frame, sink);
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink) =>
        Clear((EachState)state, dueTicks, ReasonOfTimer, sink);

    private ClearReason ReasonOfTimer => options.Expires is not null ? ClearReason.Expired : options.Quiet is not null ? ClearReason.Quiet : ClearReason.Cleared;

    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer)
    {
        var each = (EachState)state;
        writer.Byte(FormatVersion);
        writer.Bool(each.Fires);
        writer.Signed(each.LastTicks);
        writer.Signed(each.DueTicks);
    }

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        return new EachState { Fires = reader.Bool(), LastTicks = reader.Signed(), DueTicks = reader.Signed() };
    }

    private void Open(EachState state, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        if (options.IsOnce)
        {
            sink.Take(new Detected(DetectedKind.Shot, @event.TimeTicks, "", @event.Source, @event.Id));
            return;
        }

        if (!TryExtend(state, @event.TimeTicks, frame, sink) || state.DueTicks <= @event.TimeTicks)
            return;
        state.Fires = true;
        state.LastTicks = @event.TimeTicks;
        sink.Take(new Detected(DetectedKind.Opened, @event.TimeTicks, "", @event.Source, @event.Id));
    }

    private void GoOn(EachState state, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        long atTicks = @event.TimeTicks;
        if (options.Clear is { } clear && atTicks >= state.LastTicks && MeetClear(clear, state, atTicks, frame, sink))
            return;
        if (!options.When.IsTrue(frame))
            return;
        if (atTicks >= state.LastTicks && TryExtend(state, atTicks, frame, sink))
            state.LastTicks = atTicks;
        sink.Take(new Detected(DetectedKind.Updated, atTicks, "", @event.Source, @event.Id));
    }

    // Only `quiet` waits for silence and `expires` for an instant; the other endings leave the timer alone.
    private bool TryExtend(EachState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (options.Expires is { } expires)
        {
            // What says that it is over already is over at once, not before it was said.
            state.DueTicks = expires(frame).AsInstant is { } until ? Math.Max(until.ToUnixTimeTicks(), atTicks) : KeyState.NeverTicks;
            return true;
        }

        if (options.Quiet is not { } quiet)
            return true;
        if (!quiet.TryRead(frame, out long quietTicks))
        {
            sink.CountError();
            return false;
        }

        state.DueTicks = atTicks + quietTicks;
        return true;
    }

    // With `expires` the timer is taken, and a clearing waits for nothing.
    private bool MeetClear(ClearOptions clear, EachState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        ClearProgress progress = options.Expires is null ? ClearStep.Meet(clear, state, atTicks, frame, sink) : ClearStep.Judge(clear, frame, sink, out _);
        if (progress != ClearProgress.Done)
            return false;
        Clear(state, atTicks, ClearReason.Cleared, sink);
        return true;
    }

    private static void Clear(EachState state, long atTicks, ClearReason reason, IDetectionSink sink)
    {
        state.Fires = false;
        state.DueTicks = KeyState.NeverTicks;
        sink.Take(new Detected(DetectedKind.Cleared, atTicks, "", null, null, reason));
    }
}
