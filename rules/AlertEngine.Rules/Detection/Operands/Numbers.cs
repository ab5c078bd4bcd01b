using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Operands;

/// <summary>Numbers of any kind, read as doubles.</summary>
internal static class Numbers
{
    // Not a number and the infinities are no samples: one of them would spoil every sum and order that it enters.
    internal static bool TryRead(CelValue value, out double number)
    {
        number = value.IsDouble ? value.AsDouble
            : value.IsInt ? value.AsInt
            : ReferenceEquals(value.Reference, CelValue.UintTag) ? (ulong)value.Bits
            : double.NaN;
        return double.IsFinite(number);
    }

    // A value whose sources are integers is given back as one where it is exact.
    internal static CelValue Value(double number, bool isInteger) =>
        isInteger && Math.Abs(number) <= 1L << 53 ? CelValue.Of((long)number) : CelValue.Of(number);
}
