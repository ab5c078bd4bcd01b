using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>The names of an aggregate: <c>aggregate.value</c> and <c>aggregate.samples</c>.</summary>
public static class AggregateNames
{
    /// <summary>The slot of <c>aggregate.value</c>; missing where there were too few samples.</summary>
    public const int ValueSlot = 0;

    /// <summary>The slot of <c>aggregate.samples</c>.</summary>
    public const int SamplesSlot = 1;

    private static readonly CelRecordType OfDoubles = Record(CelType.Double);
    private static readonly CelRecordType OfIntegers = Record(CelType.Dyn);

    /// <summary>
    /// The record. The value is a double; where it is a sample or a sum of integers it is an integer, of type <c>dyn</c> so that people may
    /// compare it with either kind of number.
    /// </summary>
    public static CelRecordType For(AggregateFunction function, bool isInteger) =>
        isInteger && function.KeepsIntegers() ? OfIntegers : OfDoubles;

    private static CelRecordType Record(CelType value) => new(
        "aggregate",
        FrameRecords.Detector,
        [new CelField("value", value, ValueSlot), new CelField("samples", CelType.Int, SamplesSlot)]);
}
