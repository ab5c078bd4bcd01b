namespace AlertEngine.Rules.Cel.Library;

/// <summary>The comparison operators over values of any kinds.</summary>
internal static class Comparison
{
    internal static CelValue AreEqual(CelValue a, CelValue b) => CelValue.Of(CelEquality.AreEqual(a, b));

    internal static CelValue AreDifferent(CelValue a, CelValue b) => CelValue.Of(!CelEquality.AreEqual(a, b));

    internal static CelValue IsLess(CelValue a, CelValue b) => Answer(CelOrdering.Compare(a, b), order => order < 0);

    internal static CelValue IsLessOrEqual(CelValue a, CelValue b) => Answer(CelOrdering.Compare(a, b), order => order <= 0);

    internal static CelValue IsGreater(CelValue a, CelValue b) => Answer(CelOrdering.Compare(a, b), order => order > 0);

    internal static CelValue IsGreaterOrEqual(CelValue a, CelValue b) => Answer(CelOrdering.Compare(a, b), order => order >= 0);

    private static CelValue Answer(int order, Func<int, bool> holds) => order switch
    {
        CelOrdering.Incomparable => CelErrors.NoSuchOverload,
        CelOrdering.Unordered => CelValue.False,
        _ => CelValue.Of(holds(order)),
    };
}
