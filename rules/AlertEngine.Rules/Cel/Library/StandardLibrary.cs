using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>The declarations of langdef.md's "List of Standard Definitions".</summary>
internal static class StandardLibrary
{
    internal static IEnumerable<CelFunctionDeclaration> Functions() => [.. Operators(), .. Conversion(), .. OnTexts()];

    /// <summary>The types that are names of values: <c>type(x) == int</c>.</summary>
    internal static readonly string[] TypeNames =
    [
        "bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "google.protobuf.Duration", "google.protobuf.Timestamp",
        "optional_type", "net.IP", "net.CIDR",
    ];

    private static IEnumerable<CelFunctionDeclaration> Operators()
    {
        yield return new(CelOperators.Equal, CelOverload.Function(CelTypes.A, CelTypes.A, CelType.Bool, Comparison.AreEqual));
        yield return new(CelOperators.NotEqual, CelOverload.Function(CelTypes.A, CelTypes.A, CelType.Bool, Comparison.AreDifferent));
        yield return Relation(CelOperators.Less, Comparison.IsLess);
        yield return Relation(CelOperators.LessOrEqual, Comparison.IsLessOrEqual);
        yield return Relation(CelOperators.Greater, Comparison.IsGreater);
        yield return Relation(CelOperators.GreaterOrEqual, Comparison.IsGreaterOrEqual);
        yield return new(CelOperators.Add,
            Same(CelType.Int, Arithmetic.Add), Same(CelType.Uint, Arithmetic.AddUints), Same(CelType.Double, Arithmetic.AddDoubles),
            Same(CelType.String, Collections.Concatenate), Same(CelType.Bytes, Collections.ConcatenateBytes), Same(CelTypes.ListOfA, Collections.ConcatenateLists),
            CelOverload.Function(CelType.Timestamp, CelType.Duration, CelType.Timestamp, Arithmetic.AddToInstant),
            CelOverload.Function(CelType.Duration, CelType.Timestamp, CelType.Timestamp, Arithmetic.AddInstant), Same(CelType.Duration, Arithmetic.AddDurations));
        yield return new(CelOperators.Subtract,
            Same(CelType.Int, Arithmetic.Subtract), Same(CelType.Uint, Arithmetic.SubtractUints), Same(CelType.Double, Arithmetic.SubtractDoubles),
            CelOverload.Function(CelType.Timestamp, CelType.Duration, CelType.Timestamp, Arithmetic.SubtractFromInstant),
            CelOverload.Function(CelType.Timestamp, CelType.Timestamp, CelType.Duration, Arithmetic.Between), Same(CelType.Duration, Arithmetic.SubtractDurations));
        yield return new(CelOperators.Multiply,
            Same(CelType.Int, Arithmetic.Multiply), Same(CelType.Uint, Arithmetic.MultiplyUints), Same(CelType.Double, Arithmetic.MultiplyDoubles));
        yield return new(CelOperators.Divide, Same(CelType.Int, Arithmetic.Divide), Same(CelType.Uint, Arithmetic.DivideUints), Same(CelType.Double, Arithmetic.DivideDoubles));
        yield return new(CelOperators.Modulo, Same(CelType.Int, Arithmetic.Modulo), Same(CelType.Uint, Arithmetic.ModuloUints));
        yield return new(CelOperators.Negate, To(CelType.Int, CelType.Int, Arithmetic.Negate), To(CelType.Double, CelType.Double, Arithmetic.NegateDouble),
            To(CelType.Duration, CelType.Duration, Arithmetic.NegateDuration));
        yield return new(CelOperators.In,
            CelOverload.Function(CelTypes.A, CelTypes.ListOfA, CelType.Bool, Collections.IsInList),
            CelOverload.Function(CelTypes.A, CelTypes.MapOfAToB, CelType.Bool, Collections.IsInMap));
        yield return new(CelOperators.Index,
        [
            CelOverload.Function(CelTypes.ListOfA, CelType.Int, CelTypes.A, Collections.ElementAt), DynamicIndex(CelType.Uint), DynamicIndex(CelType.Double),
            CelOverload.Function(CelTypes.MapOfAToB, CelTypes.A, CelTypes.B, Collections.ValueUnder), .. OptionalLibrary.Indexing(),
        ]);
    }

    private static CelOverload DynamicIndex(CelType index) =>
        Dynamic(CelOverload.Function(CelTypes.ListOfA, index, CelTypes.A, Collections.ElementAt));

    // Only where a type is unknown at load may different kinds of numbers meet.
    private static CelFunctionDeclaration Relation(string name, CelBody2 body)
    {
        CelType[] ordered = [CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Timestamp, CelType.Duration];
        CelType[] numbers = [CelType.Int, CelType.Uint, CelType.Double];
        var across = numbers.SelectMany(a => numbers.Where(b => b != a).Select(b => Dynamic(CelOverload.Function(a, b, CelType.Bool, body))));
        return new CelFunctionDeclaration(name, [.. ordered.Select(type => CelOverload.Function(type, type, CelType.Bool, body)), .. across]);
    }

    private static CelOverload Dynamic(CelOverload overload) =>
        CelOverload.Function(overload.Parameters[0], overload.Parameters[1], overload.Result, (CelBody2)overload.Body, true);

    private static CelOverload Same(CelType type, CelBody2 body) => CelOverload.Function(type, type, type, body);

    private static CelOverload To(CelType from, CelType to, CelBody1 body) => CelOverload.Function(from, to, body);

    private static IEnumerable<CelFunctionDeclaration> Conversion()
    {
        yield return new("int", To(CelType.Int, CelType.Int, Conversions.Identity), To(CelType.Uint, CelType.Int, Conversions.UintToInt),
            To(CelType.Double, CelType.Int, Conversions.DoubleToInt), To(CelType.String, CelType.Int, Conversions.TextToInt),
            To(CelType.Timestamp, CelType.Int, Conversions.InstantToInt), To(CelType.Duration, CelType.Int, Conversions.DurationToInt));
        yield return new("uint", To(CelType.Uint, CelType.Uint, Conversions.Identity), To(CelType.Int, CelType.Uint, Conversions.IntToUint),
            To(CelType.Double, CelType.Uint, Conversions.DoubleToUint), To(CelType.String, CelType.Uint, Conversions.TextToUint));
        yield return new("double", To(CelType.Double, CelType.Double, Conversions.Identity), To(CelType.Int, CelType.Double, Conversions.IntToDouble),
            To(CelType.Uint, CelType.Double, Conversions.UintToDouble), To(CelType.String, CelType.Double, Conversions.TextToDouble));
        yield return new("string", To(CelType.String, CelType.String, Conversions.Identity), To(CelType.Bool, CelType.String, Conversions.ToText),
            To(CelType.Int, CelType.String, Conversions.ToText), To(CelType.Uint, CelType.String, Conversions.ToText),
            To(CelType.Double, CelType.String, Conversions.ToText), To(CelType.Bytes, CelType.String, Conversions.BytesToText),
            To(CelType.Timestamp, CelType.String, Conversions.ToText), To(CelType.Duration, CelType.String, Conversions.ToText));
        yield return new("bytes", To(CelType.Bytes, CelType.Bytes, Conversions.Identity), To(CelType.String, CelType.Bytes, Conversions.TextToBytes));
        yield return new("bool", To(CelType.Bool, CelType.Bool, Conversions.Identity), To(CelType.String, CelType.Bool, Conversions.TextToBool));
        yield return new("duration", To(CelType.Duration, CelType.Duration, Conversions.Identity), To(CelType.String, CelType.Duration, Conversions.TextToDuration));
        yield return new("timestamp", To(CelType.Timestamp, CelType.Timestamp, Conversions.Identity), To(CelType.String, CelType.Timestamp, Conversions.TextToInstant),
            To(CelType.Int, CelType.Timestamp, Conversions.IntToInstant));
        yield return new("dyn", To(CelTypes.A, CelType.Dyn, Conversions.Identity));
        yield return new("type", To(CelTypes.A, CelTypes.TypeOfAny, Conversions.TypeOf));
    }

    private static IEnumerable<CelFunctionDeclaration> OnTexts()
    {
        yield return new("size", [.. Both(CelType.String, Collections.SizeOfText), .. Both(CelType.Bytes, Collections.SizeOfBytes),
            .. Both(CelTypes.ListOfA, Collections.SizeOfList), .. Both(CelTypes.MapOfAToB, Collections.SizeOfMap)]);
        yield return new("contains", Question(Texts.ContainsValue).AsMember());
        yield return new("startsWith", Question(Texts.StartsWithValue).AsMember());
        yield return new("endsWith", Question(Texts.EndsWithValue).AsMember());
        yield return new("matches", Question(Texts.Matches), Question(Texts.Matches).AsMember());
    }

    private static CelOverload[] Both(CelType type, CelBody1 body)
    {
        var overload = To(type, CelType.Int, body);
        return [overload, overload.AsMember()];
    }

    private static CelOverload Question(CelBody2 body) => CelOverload.Function(CelType.String, CelType.String, CelType.Bool, body);
}
