namespace AlertEngine.Rules.Cel.Library;

/// <summary>Concatenation, indexing, membership and sizes.</summary>
internal static class Collections
{
    // What one evaluation may build: doubling a list or text in nested bindings would fill the memory otherwise.
    internal const int MaximumElements = 1_000_000;
    internal const int MaximumTextLength = 1_000_000;

    internal static CelValue Concatenate(CelValue a, CelValue b) =>
        a.AsString!.Length + (long)b.AsString!.Length > MaximumTextLength ? CelErrors.TooBig : CelValue.Of(a.AsString + b.AsString);

    internal static CelValue ConcatenateBytes(CelValue a, CelValue b)
    {
        var (left, right) = (a.AsBytes!, b.AsBytes!);
        return left.Length + (long)right.Length > MaximumTextLength ? CelErrors.TooBig : CelValue.Of(new CelBytes([.. left.Span, .. right.Span]));
    }

    internal static CelValue ConcatenateLists(CelValue a, CelValue b) =>
        a.AsList!.Count + (long)b.AsList!.Count > MaximumElements ? CelErrors.TooBig : CelValue.Of(a.AsList.Concat(b.AsList));

    internal static CelValue SizeOfText(CelValue text) => CelValue.Of((long)CodePoints.Count(text.AsString!));

    internal static CelValue SizeOfBytes(CelValue bytes) => CelValue.Of((long)bytes.AsBytes!.Length);

    internal static CelValue SizeOfList(CelValue list) => CelValue.Of((long)list.AsList!.Count);

    internal static CelValue SizeOfMap(CelValue map) => CelValue.Of((long)map.AsMap!.Count);

    internal static CelValue IsInList(CelValue element, CelValue list)
    {
        foreach (var item in list.AsList!.Items)
        {
            if (CelEquality.AreEqual(item, element))
                return CelValue.True;
        }
        return CelValue.False;
    }

    internal static CelValue IsInMap(CelValue key, CelValue map) => CelValue.Of(map.AsMap!.Find(key).IsPresent);

    internal static CelValue ElementAt(CelValue list, CelValue index)
    {
        if (Position(index) is not { } at)
            return CelErrors.BadIndex;
        var items = list.AsList!.Items;
        return at >= 0 && at < items.Length ? items[at] : CelErrors.BadIndex;
    }

    internal static CelValue ValueUnder(CelValue map, CelValue key)
    {
        var value = map.AsMap!.Find(key);
        return value.IsPresent ? value : CelErrors.NoSuchKey;
    }

    internal static CelValue OptionalElement(CelValue list, CelValue index)
    {
        if (Position(index) is not { } at)
            return CelErrors.BadIndex;
        var items = list.AsList!.Items;
        return at >= 0 && at < items.Length ? CelValue.Optional(items[at]) : CelValue.NoneOptional;
    }

    internal static CelValue OptionalValue(CelValue map, CelValue key) => CelValue.Optional(map.AsMap!.Find(key));

    // [1, 2][dyn(0.0)]: any number that is a whole one.
    private static long? Position(CelValue index) => index.Kind switch
    {
        CelKind.Int => index.AsInt,
        CelKind.Uint => index.AsUint <= int.MaxValue ? (long)index.AsUint : -1,
        CelKind.Double when Math.Floor(index.AsDouble) == index.AsDouble && Math.Abs(index.AsDouble) <= int.MaxValue => (long)index.AsDouble,
        _ => null,
    };
}
