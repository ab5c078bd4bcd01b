using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Clearing;

/// <summary>What an event meant to the clearing of something that fires.</summary>
internal enum ClearProgress
{
    /// <summary>The condition could not be judged.</summary>
    Unjudged = 0,

    /// <summary>Seen false: nothing is pending.</summary>
    Broken,

    /// <summary>Seen true: due by timer.</summary>
    Pending,

    /// <summary>Seen true, and there is nothing to wait for.</summary>
    Done,
}

/// <summary>The step of a <c>clear</c> block, for the detectors whose state has no other timer while it fires: a due instant means a pending clearing.</summary>
internal static class ClearStep
{
    internal static ClearProgress Meet(ClearOptions clear, KeyState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        ClearProgress progress = Judge(clear, frame, sink, out long waitTicks);
        if (progress == ClearProgress.Broken)
            state.DueTicks = KeyState.NeverTicks;
        else if (progress == ClearProgress.Pending && state.DueTicks == KeyState.NeverTicks)
            state.DueTicks = atTicks + waitTicks;
        return progress;
    }

    internal static ClearProgress Judge(ClearOptions clear, CelFrame frame, IDetectionSink sink, out long waitTicks)
    {
        waitTicks = 0;
        switch (Verdicts.Of(clear.When, frame))
        {
            case Verdict.True when clear.For.TryRead(frame, out waitTicks):
                return waitTicks == 0 ? ClearProgress.Done : ClearProgress.Pending;
            case Verdict.False:
                return ClearProgress.Broken;
            default:
                sink.CountError();
                return ClearProgress.Unjudged;
        }
    }
}
