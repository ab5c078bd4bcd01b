using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Windows;

/// <summary>Judges a number of things against <c>at_least</c> and <c>clear_below</c>. Immutable.</summary>
internal readonly struct Threshold(NumberOperand atLeast, NumberOperand? clearBelow, int nameSlot)
{
    /// <summary>Judges and tells; the number is in the frame under the detector's name.</summary>
    /// <param name="fires">Whether it fires already.</param>
    /// <param name="number">How many there are.</param>
    /// <param name="atTicks">Now.</param>
    /// <param name="opener">The event, where one is at hand; null for a timer.</param>
    /// <param name="frame">Holds <c>params</c>.</param>
    /// <param name="sink">Takes what was detected.</param>
    /// <returns>Whether it fires now.</returns>
    internal bool Judge(bool fires, int number, long atTicks, EventRecord? opener, CelFrame frame, IDetectionSink sink)
    {
        NumberOperand asked = fires ? clearBelow ?? atLeast : atLeast;
        if (!asked.TryRead(frame, out long limit))
        {
            sink.CountError();
            return fires;
        }

        frame.Records[FrameRecords.Detector][nameSlot] = CelValue.Of((long)number);
        bool isEnough = number >= limit;
        if (isEnough || fires)
            sink.Take(Finding(fires, isEnough, atTicks, opener));
        return isEnough;
    }

    private static Detected Finding(bool fires, bool isEnough, long atTicks, EventRecord? opener) => (fires, isEnough) switch
    {
        (false, _) => new Detected(DetectedKind.Opened, atTicks, "", opener?.Source, opener?.Id),
        (true, true) => new Detected(DetectedKind.Updated, atTicks, "", opener?.Source, opener?.Id),
        (true, false) => new Detected(DetectedKind.Cleared, atTicks, "", null, null, ClearReason.BelowThreshold),
    };
}
