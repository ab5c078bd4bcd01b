using NodaTime;

namespace AlertEngine.Rules.Cel;

/// <summary>CEL's order: numbers across kinds, texts by code point, bytes, booleans, instants and durations. Nothing else has one.</summary>
public static class CelOrdering
{
    /// <summary>What <see cref="Compare"/> gives where one side is NaN: every comparison is false.</summary>
    internal const int Unordered = 2;

    /// <summary>What <see cref="Compare"/> gives where the kinds have no order: an error.</summary>
    internal const int Incomparable = 3;

    /// <summary>−1, 0 or 1; 2 where a NaN takes part; 3 where the two have no order.</summary>
    public static int Compare(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int or CelKind.Uint or CelKind.Double, CelKind.Int or CelKind.Uint or CelKind.Double) => CompareNumbers(left, right),
        (CelKind.String, CelKind.String) => CompareTexts(left.AsString!, right.AsString!),
        (CelKind.Bool, CelKind.Bool) => left.Bits.CompareTo(right.Bits),
        (CelKind.Bytes, CelKind.Bytes) => Math.Sign(left.AsBytes!.Span.SequenceCompareTo(right.AsBytes!.Span)),
        (CelKind.Timestamp, CelKind.Timestamp) => ((Instant)left.Reference!).CompareTo((Instant)right.Reference!),
        (CelKind.Duration, CelKind.Duration) => ((Duration)left.Reference!).CompareTo((Duration)right.Reference!),
        _ => Incomparable,
    };

    /// <summary>The order by code points. UTF-16's differs from it only between surrogates and U+E000..U+FFFF.</summary>
    public static int CompareTexts(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[at], right[at]);
        // A surrogate begins a code point above U+FFFF, so it is after every other unit.
        if (char.IsSurrogate(a) != char.IsSurrogate(b))
            return char.IsSurrogate(a) ? 1 : -1;
        return a < b ? -1 : 1;
    }

    internal static int CompareNumbers(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => left.AsInt.CompareTo(right.AsInt),
        (CelKind.Uint, CelKind.Uint) => left.AsUint.CompareTo(right.AsUint),
        (CelKind.Double, CelKind.Double) => CompareDoubles(left.AsDouble, right.AsDouble),
        (CelKind.Int, CelKind.Uint) => left.AsInt < 0 ? -1 : ((ulong)left.AsInt).CompareTo(right.AsUint),
        (CelKind.Uint, CelKind.Int) => -CompareNumbers(right, left),
        (CelKind.Double, CelKind.Int) => CompareToInt(left.AsDouble, right.AsInt),
        (CelKind.Double, CelKind.Uint) => CompareToUint(left.AsDouble, right.AsUint),
        _ => Opposite(CompareNumbers(right, left)),
    };

    private static int Opposite(int order) => order == Unordered ? Unordered : -order;

    private static int CompareDoubles(double left, double right) => left < right ? -1 : left > right ? 1 : left == right ? 0 : Unordered;

    // Within the integers' range the integer is compared as the nearest double, as the specification's tests have it.
    private static int CompareToInt(double left, long right)
    {
        if (left < -9.2233720368547758E18)
            return -1;
        return left > 9.2233720368547758E18 ? 1 : CompareDoubles(left, right);
    }

    private static int CompareToUint(double left, ulong right)
    {
        if (left < 0)
            return -1;
        return left > 1.8446744073709552E19 ? 1 : CompareDoubles(left, right);
    }
}
