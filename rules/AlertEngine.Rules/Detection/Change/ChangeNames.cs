using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Change;

/// <summary>The names of a change: <c>change.value</c>, <c>change.from</c> and <c>change.to</c>.</summary>
public static class ChangeNames
{
    /// <summary>The slot of <c>change.value</c>; missing where there is nothing to compare with.</summary>
    public const int ValueSlot = 0;

    /// <summary>The slot of <c>change.from</c>: the value before; missing likewise.</summary>
    public const int FromSlot = 1;

    /// <summary>The slot of <c>change.to</c>: the value now.</summary>
    public const int ToSlot = 2;

    /// <summary>The record. Differences and values of integers are integers, of type <c>dyn</c> so that people may compare them with either kind of number.</summary>
    public static CelRecordType For(ChangeMeasure measure, bool isInteger)
    {
        CelType value = isInteger ? CelType.Dyn : CelType.Double;
        return new CelRecordType(
            "change",
            FrameRecords.Detector,
            [
                new CelField("value", measure == ChangeMeasure.Delta ? value : CelType.Double, ValueSlot),
                new CelField("from", value, FromSlot),
                new CelField("to", value, ToSlot),
            ]);
    }
}
