using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Interpretation;

/// <summary>What both forms do with evaluated parts: lists and maps from their elements, optionals from a binding's body.</summary>
internal static class Aggregates
{
    /// <summary>A list of evaluated elements; the first error is the result. The array becomes the list's.</summary>
    internal static CelValue List(CelValue[] elements, ImmutableArray<bool> isOptional)
    {
        var hasOptional = false;
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].IsError)
                return elements[i];
            hasOptional |= isOptional[i];
        }
        return hasOptional ? Unwrapped(elements, isOptional) : CelValue.Of(new CelList(elements));
    }

    private static CelValue Unwrapped(CelValue[] elements, ImmutableArray<bool> isOptional)
    {
        var kept = new List<CelValue>(elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            if (!isOptional[i])
                kept.Add(elements[i]);
            else if (elements[i].AsOptional is not { } optional)
                return CelErrors.NoSuchOverload;
            else if (optional.HasValue)
                kept.Add(optional.Value);
        }
        return CelValue.Of(new CelList([.. kept]));
    }

    /// <summary>A map of evaluated keys and values, which alternate; the first error is the result.</summary>
    internal static CelValue Map(CelValue[] entries, ImmutableArray<bool> isOptional)
    {
        var keys = new List<CelValue>(isOptional.Length);
        var values = new List<CelValue>(isOptional.Length);
        foreach (var entry in entries)
        {
            if (entry.IsError)
                return entry;
        }
        for (var i = 0; i < isOptional.Length; i++)
        {
            var value = entries[(2 * i) + 1];
            if (isOptional[i])
            {
                if (value.AsOptional is not { } optional)
                    return CelErrors.NoSuchOverload;
                if (!optional.HasValue)
                    continue;
                value = optional.Value;
            }
            keys.Add(entries[2 * i]);
            values.Add(value);
        }
        return CelMap.Create([.. keys], [.. values]);
    }

    /// <summary>The result of <c>optMap</c> and <c>optFlatMap</c> from their body's.</summary>
    internal static CelValue Rewrapped(CelValue body, CelBindKind kind)
    {
        if (body.IsError)
            return body;
        if (kind == CelBindKind.OptionalMap)
            return CelValue.Optional(body);
        return body.Kind == CelKind.Optional ? body : CelErrors.NoSuchOverload;
    }

    internal static bool IsUnexplained(CelValue value) => ReferenceEquals(value.Reference, CelErrors.Unexplained.Reference);
}
