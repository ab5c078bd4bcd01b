using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>The optionals extension: <c>optional.of</c>, <c>orValue</c>, <c>x[?k]</c>. Its macros are syntax, its selections nodes.</summary>
internal static class OptionalLibrary
{
    internal static IEnumerable<CelFunctionDeclaration> Functions()
    {
        var a = CelTypes.A;
        var optional = CelTypes.OptionalOfA;
        yield return new("optional.of", CelOverload.Function(a, optional, CelValue.Optional));
        yield return new("optional.ofNonZeroValue", CelOverload.Function(a, optional, OfNonZero));
        yield return new("optional.none", CelOverload.Constant([], optional, static (_, _) => CelValue.NoneOptional));
        yield return new("hasValue", CelOverload.Function(optional, CelType.Bool, value => CelValue.Of(value.AsOptional!.HasValue)).AsMember());
        yield return new("value", CelOverload.Function(optional, a, Value).AsMember());
        yield return new("or", CelOverload.Function(optional, optional, optional, (first, second) => first.AsOptional!.HasValue ? first : second).AsMember());
        yield return new("orValue", CelOverload.Function(optional, a, a, (first, second) => first.AsOptional!.HasValue ? first.AsOptional.Value : second).AsMember());
        yield return new("optional.unwrap", CelOverload.Function(CelType.List(optional), CelTypes.ListOfA, Unwrap));
        yield return new("unwrapOpt", CelOverload.Function(CelType.List(optional), CelTypes.ListOfA, Unwrap).AsMember());
        yield return new(CelOperators.OptionalIndex,
            CelOverload.Function(CelTypes.ListOfA, CelType.Int, optional, Collections.OptionalElement),
            CelOverload.Function(CelTypes.ListOfA, CelType.Uint, optional, Collections.OptionalElement, true),
            CelOverload.Function(CelTypes.ListOfA, CelType.Double, optional, Collections.OptionalElement, true),
            CelOverload.Function(CelTypes.MapOfAToB, a, CelType.Optional(CelTypes.B), Collections.OptionalValue),
            CelOverload.Function(CelType.Optional(CelTypes.ListOfA), CelType.Int, optional, IndexOptional),
            CelOverload.Function(CelType.Optional(CelTypes.MapOfAToB), a, CelType.Optional(CelTypes.B), IndexOptional));
    }

    /// <summary>An optional indexed like its value gives an optional.</summary>
    internal static IEnumerable<CelOverload> Indexing()
    {
        yield return CelOverload.Function(CelType.Optional(CelTypes.ListOfA), CelType.Int, CelTypes.OptionalOfA, IndexOptional);
        yield return CelOverload.Function(CelType.Optional(CelTypes.MapOfAToB), CelTypes.A, CelType.Optional(CelTypes.B), IndexOptional);
    }

    private static CelValue Value(CelValue optional) => optional.AsOptional!.HasValue ? optional.AsOptional.Value : CelErrors.EmptyOptional;

    private static CelValue OfNonZero(CelValue value) => IsZero(value) ? CelValue.NoneOptional : CelValue.Optional(value);

    private static bool IsZero(CelValue value) => value.Kind switch
    {
        CelKind.Null => true,
        CelKind.Bool or CelKind.Int or CelKind.Uint => value.Bits == 0,
        CelKind.Double => value.AsDouble == 0,
        CelKind.String => value.AsString!.Length == 0,
        CelKind.Bytes => value.AsBytes!.Length == 0,
        CelKind.List => value.AsList!.Count == 0,
        CelKind.Map => value.AsMap!.Count == 0,
        CelKind.Duration => value.AsDuration == NodaTime.Duration.Zero,
        CelKind.Timestamp => value.AsInstant == NodaTime.Instant.FromUnixTimeTicks(0),
        CelKind.Optional => !value.AsOptional!.HasValue,
        _ => false,
    };

    private static CelValue IndexOptional(CelValue optional, CelValue key)
    {
        var value = optional.AsOptional!.Value;
        return value.Kind switch
        {
            CelKind.Missing => CelValue.NoneOptional,
            CelKind.List => Collections.OptionalElement(value, key),
            CelKind.Map => Collections.OptionalValue(value, key),
            _ => CelErrors.NoSuchOverload,
        };
    }

    private static CelValue Unwrap(CelValue list) =>
        CelValue.Of(new CelList([.. list.AsList!.Where(item => item.AsOptional is { HasValue: true }).Select(item => item.AsOptional!.Value)]));

    /// <summary>Selection of a field from any value: the rules of maps and optionals at run time. Both forms come through here.</summary>
    internal static CelValue Select(CelValue operand, CelValue key)
    {
        if (operand.IsError)
            return operand;
        if (operand.AsMap is { } map)
        {
            var value = map.Find(key);
            return value.IsPresent ? value : CelErrors.NoSuchKey;
        }
        if (operand.AsOptional is { } optional)
            return optional.HasValue ? SelectOptional(optional.Value, key) : operand;
        return CelErrors.NoSuchOverload;
    }

    internal static CelValue SelectOptional(CelValue operand, CelValue key)
    {
        if (operand.IsError)
            return operand;
        if (operand.AsMap is { } map)
            return CelValue.Optional(map.Find(key));
        if (operand.AsOptional is { } optional)
            return optional.HasValue ? SelectOptional(optional.Value, key) : operand;
        return CelErrors.NoSuchOverload;
    }

    internal static CelValue Test(CelValue operand, CelValue key)
    {
        if (operand.IsError)
            return operand;
        if (operand.AsMap is { } map)
            return CelValue.Of(map.Find(key).IsPresent);
        if (operand.AsOptional is { } optional)
            return optional.HasValue ? Test(optional.Value, key) : CelValue.False;
        return CelErrors.NoSuchOverload;
    }
}
