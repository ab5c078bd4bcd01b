namespace AlertEngine.Rules.Cel;

/// <summary>
/// CEL's equality: total, and across the kinds of numbers (1 == 1u == 1.0). Values of other different kinds are unequal, never an error.
/// </summary>
public static class CelEquality
{
    /// <summary>The same as a comparer, for maps and sets. Numbers that are equal hash alike.</summary>
    public static IEqualityComparer<CelValue> Comparer { get; } = new ValueComparer();

    /// <summary>Whether two values are equal. NaN equals nothing.</summary>
    public static bool AreEqual(CelValue left, CelValue right)
    {
        if (left.Reference is CelValue.Tag && right.Reference is CelValue.Tag)
            return TagsEqual(left, right);
        return left.Reference switch
        {
            string text => right.Reference is string other && string.Equals(text, other),
            CelList list => right.Reference is CelList other && ListsEqual(list, other),
            CelMap map => right.Reference is CelMap other && MapsEqual(map, other),
            CelOptional optional => right.Reference is CelOptional other && OptionalsEqual(optional, other),
            CelTypeValue type => right.Reference is CelTypeValue other && type.Name == other.Name,
            CelValue.Tag or null => right.Reference is null && left.Reference is null,
            var made => made.Equals(right.Reference),
        };
    }

    private static bool TagsEqual(CelValue left, CelValue right)
    {
        var (a, b) = (left.Kind, right.Kind);
        if (a is CelKind.Null or CelKind.Bool || b is CelKind.Null or CelKind.Bool)
            return a == b && left.Bits == right.Bits;
        return CelOrdering.CompareNumbers(left, right) == 0;
    }

    private static bool ListsEqual(CelList left, CelList right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i]))
                return false;
        }
        return true;
    }

    private static bool MapsEqual(CelMap left, CelMap right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            var other = right.Find(left.Keys[i]);
            if (!other.IsPresent || !AreEqual(left.Values[i], other))
                return false;
        }
        return true;
    }

    private static bool OptionalsEqual(CelOptional left, CelOptional right) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreEqual(left.Value, right.Value));

    private sealed class ValueComparer : IEqualityComparer<CelValue>
    {
        public bool Equals(CelValue x, CelValue y) => AreEqual(x, y);

        public int GetHashCode(CelValue value) => value.Kind switch
        {
            // As doubles, since numbers of different kinds are compared as doubles. Zero has two signs but one hash.
            CelKind.Int => ((double)value.AsInt).GetHashCode(),
            CelKind.Uint => ((double)value.AsUint).GetHashCode(),
            CelKind.Double => (value.AsDouble + 0.0).GetHashCode(),
            CelKind.String => value.AsString!.GetHashCode(StringComparison.Ordinal),
            CelKind.Bool => (int)value.Bits,
            CelKind.List => value.AsList!.Count,
            CelKind.Map => value.AsMap!.Count,
            CelKind.Type => value.Reference!.ToString()!.GetHashCode(StringComparison.Ordinal),
            CelKind.Optional => 1,
            _ => value.Reference?.GetHashCode() ?? 0,
        };
    }
}
