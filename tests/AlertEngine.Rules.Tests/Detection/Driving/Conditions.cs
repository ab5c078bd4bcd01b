using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Tests.Detection.Driving;

/// <summary>Conditions and values over test events, with CEL's semantics of missing fields: neither true nor false.</summary>
internal static class Conditions
{
    public static CelCondition X(Func<double, bool> test) => Number(Sample.XSlot, test);

    public static CelCondition Y(Func<double, bool> test) => Number(Sample.YSlot, test);

    /// <summary>Over a number among the detector's own names.</summary>
    public static CelCondition Own(int slot, Func<double, bool> test) => Number(FrameRecords.Detector, slot, test);

    public static CelFunction ValueOfX { get; } = frame => frame.Records[FrameRecords.Event][Sample.XSlot];

    public static CelFunction ValueOfText { get; } = frame => frame.Records[FrameRecords.Event][Sample.TextSlot];

    public static CelCondition Number(int record, int slot, Func<double, bool> test) => new(
        frame => TryRead(frame, record, slot, out double x) && test(x),
        frame => TryRead(frame, record, slot, out double x) && !test(x));

    private static CelCondition Number(int slot, Func<double, bool> test) => Number(FrameRecords.Event, slot, test);

    private static bool TryRead(CelFrame frame, int record, int slot, out double number)
    {
        CelValue[] slots = frame.Records[record];
        CelValue value = slot < slots.Length ? slots[slot] : default;
        number = value.IsDouble ? value.AsDouble : value.AsInt;
        return value.IsDouble || value.IsInt;
    }
}
