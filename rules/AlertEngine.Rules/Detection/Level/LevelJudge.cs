using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Level;

/// <summary>
/// Judges a computed value that is in the frame under the detector's names: <c>when</c> opens; <c>clear</c>, or without it <c>when</c> seen
/// false, clears. Shared by aggregate, change and baseline. Immutable and thread-safe.
/// </summary>
internal sealed class LevelJudge(CelCondition when, ClearOptions? clear)
{
    /// <summary>Judges the value now.</summary>
    /// <param name="state">Keeps whether it fires, and the pending clearing.</param>
    /// <param name="atTicks">Now.</param>
    /// <param name="opener">The event, where one is at hand; null for the end of a window.</param>
    /// <param name="frame">Holds the value.</param>
    /// <param name="sink">Takes what was detected.</param>
    internal void Judge(LevelState state, long atTicks, EventRecord? opener, CelFrame frame, IDetectionSink sink)
    {
        if (!state.Fires)
            MayOpen(state, atTicks, opener, frame, sink);
        else if (IsCleared(state, atTicks, frame, sink))
            Clear(state, atTicks, sink);
        else
            sink.Take(new Detected(DetectedKind.Updated, atTicks, "", opener?.Source, opener?.Id));
    }

    /// <summary>Clears: at once, or as the pending clearing is due.</summary>
    internal static void Clear(LevelState state, long atTicks, IDetectionSink sink)
    {
        state.Fires = false;
        state.ClearDueTicks = KeyState.NeverTicks;
        sink.Take(new Detected(DetectedKind.Cleared, atTicks, "", null, null));
    }

    private void MayOpen(LevelState state, long atTicks, EventRecord? opener, CelFrame frame, IDetectionSink sink)
    {
        switch (Verdicts.Of(when, frame))
        {
            case Verdict.True:
                state.Fires = true;
                sink.Take(new Detected(DetectedKind.Opened, atTicks, "", opener?.Source, opener?.Id));
                break;
            case Verdict.Error:
                sink.CountError();
                break;
        }
    }

    private bool IsCleared(LevelState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (clear is null)
            return when.IsFalse(frame);
        ClearProgress progress = ClearStep.Judge(clear, frame, sink, out long waitTicks);
        if (progress == ClearProgress.Broken)
            state.ClearDueTicks = KeyState.NeverTicks;
        else if (progress == ClearProgress.Pending && state.ClearDueTicks == KeyState.NeverTicks)
            state.ClearDueTicks = atTicks + waitTicks;
        return progress == ClearProgress.Done;
    }
}
