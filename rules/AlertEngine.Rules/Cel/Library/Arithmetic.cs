using NodaTime;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>The arithmetic operators. Integers never wrap: a result outside 64 bits is an error. Instants and durations keep to CEL's range.</summary>
internal static class Arithmetic
{
    internal static bool TryAdd(long a, long b, out long result)
    {
        result = unchecked(a + b);
        return ((a ^ result) & (b ^ result)) >= 0;
    }

    internal static bool TrySubtract(long a, long b, out long result)
    {
        result = unchecked(a - b);
        return ((a ^ b) & (a ^ result)) >= 0;
    }

    internal static bool TryMultiply(long a, long b, out long result)
    {
        var high = Math.BigMul(a, b, out result);
        return high == result >> 63;
    }

    internal static bool TryDivide(long a, long b, out long result)
    {
        var isFine = b != 0 && !(b == -1 && a == long.MinValue);
        result = isFine ? a / b : 0;
        return isFine;
    }

    internal static bool TryModulo(long a, long b, out long result)
    {
        var isFine = b != 0 && !(b == -1 && a == long.MinValue);
        result = isFine ? a % b : 0;
        return isFine;
    }

    internal static bool TryNegate(long a, out long result)
    {
        result = unchecked(-a);
        return a != long.MinValue;
    }

    internal static CelValue Add(CelValue a, CelValue b) => TryAdd(a.AsInt, b.AsInt, out var sum) ? CelValue.Of(sum) : CelErrors.Overflow;

    internal static CelValue Subtract(CelValue a, CelValue b) => TrySubtract(a.AsInt, b.AsInt, out var result) ? CelValue.Of(result) : CelErrors.Overflow;

    internal static CelValue Multiply(CelValue a, CelValue b) => TryMultiply(a.AsInt, b.AsInt, out var result) ? CelValue.Of(result) : CelErrors.Overflow;

    internal static CelValue Divide(CelValue a, CelValue b) =>
        TryDivide(a.AsInt, b.AsInt, out var result) ? CelValue.Of(result) : b.AsInt == 0 ? CelErrors.DivisionByZero : CelErrors.Overflow;

    internal static CelValue Modulo(CelValue a, CelValue b) =>
        TryModulo(a.AsInt, b.AsInt, out var result) ? CelValue.Of(result) : b.AsInt == 0 ? CelErrors.DivisionByZero : CelErrors.Overflow;

    internal static CelValue Negate(CelValue a) => TryNegate(a.AsInt, out var result) ? CelValue.Of(result) : CelErrors.Overflow;

    internal static CelValue AddUints(CelValue a, CelValue b)
    {
        var sum = unchecked(a.AsUint + b.AsUint);
        return sum < a.AsUint ? CelErrors.Overflow : CelValue.Of(sum);
    }

    internal static CelValue SubtractUints(CelValue a, CelValue b) => a.AsUint < b.AsUint ? CelErrors.Overflow : CelValue.Of(a.AsUint - b.AsUint);

    internal static CelValue MultiplyUints(CelValue a, CelValue b) =>
        Math.BigMul(a.AsUint, b.AsUint, out var low) == 0 ? CelValue.Of(low) : CelErrors.Overflow;

    internal static CelValue DivideUints(CelValue a, CelValue b) => b.AsUint == 0 ? CelErrors.DivisionByZero : CelValue.Of(a.AsUint / b.AsUint);

    internal static CelValue ModuloUints(CelValue a, CelValue b) => b.AsUint == 0 ? CelErrors.DivisionByZero : CelValue.Of(a.AsUint % b.AsUint);

    internal static CelValue AddDoubles(CelValue a, CelValue b) => CelValue.Of(a.AsDouble + b.AsDouble);

    internal static CelValue SubtractDoubles(CelValue a, CelValue b) => CelValue.Of(a.AsDouble - b.AsDouble);

    internal static CelValue MultiplyDoubles(CelValue a, CelValue b) => CelValue.Of(a.AsDouble * b.AsDouble);

    internal static CelValue DivideDoubles(CelValue a, CelValue b) => CelValue.Of(a.AsDouble / b.AsDouble);

    internal static CelValue NegateDouble(CelValue a) => CelValue.Of(-a.AsDouble);

    internal static CelValue AddToInstant(CelValue instant, CelValue duration) => Shifted((Instant)instant.Reference!, (Duration)duration.Reference!);

    internal static CelValue AddInstant(CelValue duration, CelValue instant) => AddToInstant(instant, duration);

    internal static CelValue SubtractFromInstant(CelValue instant, CelValue duration) => Shifted((Instant)instant.Reference!, -(Duration)duration.Reference!);

    internal static CelValue Between(CelValue later, CelValue earlier) => InRange((Instant)later.Reference! - (Instant)earlier.Reference!);

    internal static CelValue AddDurations(CelValue a, CelValue b) => InRange((Duration)a.Reference! + (Duration)b.Reference!);

    internal static CelValue SubtractDurations(CelValue a, CelValue b) => InRange((Duration)a.Reference! - (Duration)b.Reference!);

    internal static CelValue NegateDuration(CelValue a) => CelValue.Of(-(Duration)a.Reference!);

    // An instant plus ten thousand years leaves NodaTime's range before it can be compared with CEL's.
    private static CelValue Shifted(Instant instant, Duration duration) =>
        duration <= CelTimestampText.Latest - instant && duration >= CelTimestampText.Earliest - instant ? CelValue.Of(instant + duration) : CelErrors.TimeRange;

    private static CelValue InRange(Duration duration) => CelDurationText.IsInRange(duration) ? CelValue.Of(duration) : CelErrors.TimeRange;
}
