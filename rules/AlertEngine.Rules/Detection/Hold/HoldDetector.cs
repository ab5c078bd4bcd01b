using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Detection.Hold;

/// <summary>
/// <c>hold</c>: fires when a condition was true from t₀ to t₀ + <c>for</c>, seen true at t₀, never seen false, with no silence beyond <c>gap</c>.
/// It opens by timer only, so that a false sample at the very instant prevents it.
/// </summary>
public sealed partial class HoldDetector(HoldOptions options) : Detector
{
    private const byte FormatVersion = 1;

    /// <inheritdoc />
    public override string Kind => "hold";

    /// <inheritdoc />
    public override CelRecordType? Names { get; } = HoldNames.For(options.Track);

    /// <inheritdoc />
    public override KeyState NewState() => NewHold();

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink)
    {
        switch (Verdicts.Of(options.When, frame))
        {
            case Verdict.True:
                return EventInterest.Begins;
            case Verdict.False:
                return EventInterest.IfKnown;
            default:
                sink.CountError();
                return options.Clear is null ? EventInterest.None : EventInterest.IfKnown;
        }
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var hold = (HoldState)state;
        if (hold.IsFiring)
            GoOn(hold, @event.TimeTicks, frame, sink);
        else
            Pend(hold, @event.TimeTicks, frame, sink);
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var hold = (HoldState)state;
        bool isUnknown = IsSilence(hold, dueTicks, frame);
        if (hold.Phase == HoldPhase.Clearing)
        {
            if (isUnknown)
                BreakClearing(hold);
            else
                Clear(hold, dueTicks, frame, sink);
        }
        else if (isUnknown)
        {
            hold.Forget();
        }
        else
        {
            hold.Phase = HoldPhase.Firing;
            hold.LastTicks = dueTicks;
            hold.DueTicks = KeyState.NeverTicks;
            Tell(DetectedKind.Opened, hold, dueTicks, frame, sink);
        }
    }

    private void Pend(HoldState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        switch (Verdicts.Of(options.When, frame))
        {
            case Verdict.True when state.Phase == HoldPhase.Idle || IsSilence(state, atTicks, frame):
                Begin(state, atTicks, frame, sink);
                break;
            // What is older than the last sample says nothing new of a hold that is pending.
            case Verdict.True when atTicks >= state.LastTicks:
                state.LastTicks = atTicks;
                Track(state, frame, sink);
                break;
            // What was false before t₀ is no matter.
            case Verdict.False when atTicks >= state.StartTicks:
                state.Forget();
                break;
        }
    }

    private void Begin(HoldState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        state.Forget();
        if (!options.For.TryRead(frame, out long forTicks))
        {
            sink.CountError();
            return;
        }

        state.Phase = HoldPhase.Pending;
        state.StartTicks = state.LastTicks = atTicks;
        state.DueTicks = atTicks + forTicks;
        Track(state, frame, sink);
    }

    private void GoOn(HoldState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (atTicks < state.LastTicks)
            return;
        Verdict when = Verdicts.Of(options.When, frame);
        Verdict clear = options.Clear is null ? Verdict.Error : Verdicts.Of(options.Clear.When, frame);
        if (when == Verdict.Error && clear == Verdict.Error)
            return;
        Track(state, frame, sink);
        bool isCleared = options.Clear is null
            ? MeetFalse(state, when, atTicks)
            : MeetClear(state, clear, atTicks, frame, sink);
        if (isCleared)
            Clear(state, atTicks, frame, sink);
        else
            Tell(DetectedKind.Updated, state, atTicks, frame, sink);
    }

    private static bool MeetFalse(HoldState state, Verdict when, long atTicks)
    {
        state.LastTicks = atTicks;
        return when == Verdict.False;
    }

    private bool MeetClear(HoldState state, Verdict clear, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (clear == Verdict.Error)
            return false;
        if (state.Phase == HoldPhase.Clearing && (clear == Verdict.False || IsSilence(state, atTicks, frame)))
            BreakClearing(state);
        state.LastTicks = atTicks;
        if (clear == Verdict.False || state.Phase == HoldPhase.Clearing)
            return false;
        if (!options.Clear!.For.TryRead(frame, out long forTicks))
        {
            sink.CountError();
            return false;
        }

        state.Phase = HoldPhase.Clearing;
        state.DueTicks = atTicks + forTicks;
        return forTicks == 0;
    }

    private bool IsSilence(HoldState state, long atTicks, CelFrame frame) =>
        options.Gap is { } gap && gap.TryRead(frame, out long gapTicks) && atTicks - state.LastTicks > gapTicks;

    private static void BreakClearing(HoldState state)
    {
        state.Phase = HoldPhase.Firing;
        state.DueTicks = KeyState.NeverTicks;
    }

    private void Clear(HoldState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        Tell(DetectedKind.Cleared, state, atTicks, frame, sink);
        state.Forget();
    }

    private HoldState NewHold() =>
        options.Track.IsEmpty ? new HoldState()
        : DoubleHoldState.Fits(options.Track) ? new DoubleHoldState()
        : new ValueHoldState(options.Track.Length);

    private void Track(HoldState state, CelFrame frame, IDetectionSink sink) => Tracking.Take(options.Track, state, frame, sink);

    private void Tell(DetectedKind kind, HoldState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        CelValue[] names = frame.Records[FrameRecords.Detector];
        names[HoldNames.ElapsedSlot] = CelValue.Of(Duration.FromTicks(atTicks - state.StartTicks));
        for (int i = 0; i < options.Track.Length; i++)
            names[HoldNames.FirstTrackSlot + i] = state[i];
        sink.Take(new Detected(kind, atTicks, "", null, null));
    }
}
